#!/usr/bin/env python3
"""clang-tidy over every host source but tests in BUILD/compile_commands.json, one process per processor.

usage: run_tidy.py BUILD
Prints each warning once; exits 1 if there is any.
"""
import concurrent.futures
import json
import os
import subprocess
import sys


def tidy(build, path):
    done = subprocess.run(["clang-tidy", "--quiet", "-p", build,
                           "--extra-arg=-Wno-unknown-warning-option", path],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def main():
    build = sys.argv[1]
    root = os.getcwd()
    with open(f"{build}/compile_commands.json", encoding="utf-8") as file:
        paths = sorted({entry["file"] for entry in json.load(file)})
    paths = [p for p in paths if p.startswith(root + "/") and not p.startswith(root + "/build")
             and not p.endswith("_test.cpp") and "/differential/" not in p]
    seen, failed = set(), 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for code, text in pool.map(lambda p: tidy(build, p), paths):
            failed |= code != 0
            if text.strip() and text not in seen:
                seen.add(text)
                print(text.replace(root + "/", ""), end="")
    print(f"clang-tidy: {len(paths)} files, {'warnings' if failed or seen else 'nothing found'}")
    return 1 if failed or seen else 0


if __name__ == "__main__":
    sys.exit(main())
