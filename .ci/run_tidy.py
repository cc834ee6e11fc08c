#!/usr/bin/env python3
"""clang-tidy over every host source but tests in BUILD/compile_commands.json.

usage: run_tidy.py BUILD

Most of its time would go into headers. So several files of a folder are checked at a time, as one
that includes them; if they do not go together, as they define the same name, in two halves.
Prints each warning once; exits 1 if there is any.
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

TOGETHER = 8  # files
INCLUDED = re.compile(r'^#include "(.*)"$', re.M)
CLASH = re.compile(r"\[clang-diagnostic-error\]")


def sources_of(entry):
    """The file that the entry compiles, or those that CMake has put together in it."""
    if "/Unity/unity_" not in entry["file"]:
        return [entry["file"]]
    return INCLUDED.findall(pathlib.Path(entry["file"]).read_text(encoding="utf-8"))


def read_commands(build, root):
    """The entries of the files to check, by folder."""
    folders = collections.defaultdict(dict)
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        for path in sources_of(entry):
            if path.startswith(f"{root}/") and not path.startswith(f"{root}/build") \
               and not path.endswith("_test.cpp") and "/differential/" not in path:
                folders[os.path.dirname(path)][path] = entry
    return folders


def groups(folder):
    """The paths of a folder in groups of about the same size."""
    paths = sorted(folder)
    count = -(-len(paths) // TOGETHER)
    return [paths[first::count] for first in range(count)]


def write_together(place, paths, entry):
    """A file that includes the others, and how to compile it."""
    place.mkdir(parents=True, exist_ok=True)
    together = place / "together.cpp"
    together.write_text("".join(f'#include "{path}"\n' for path in paths), encoding="utf-8")
    command = {"directory": entry["directory"], "file": str(together),
               "command": entry["command"].replace(entry["file"], str(together))}
    (place / "compile_commands.json").write_text(json.dumps([command]), encoding="utf-8")
    return together


def tidy(work, paths, folder):
    """What clang-tidy says of the files."""
    place = work / (re.sub(r"\W", "_", paths[0]) + f"_{len(paths)}")
    together = write_together(place, paths, folder[paths[0]])
    done = subprocess.run(["clang-tidy", "--quiet", "-p", place, "--config-file=.clang-tidy",
                           "--extra-arg=-Wno-unknown-warning-option", together],
                          capture_output=True, text=True, check=False)
    if len(paths) > 1 and CLASH.search(done.stdout):
        middle = len(paths) // 2
        return tidy(work, paths[:middle], folder) + tidy(work, paths[middle:], folder)
    failed_silently = done.returncode != 0 and not done.stdout.strip()
    return [done.stderr if failed_silently else done.stdout]


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    root = os.getcwd()
    folders = read_commands(build, root)
    jobs = [(paths, folder) for folder in folders.values() for paths in groups(folder)]
    jobs.sort(key=lambda job: -len(job[0]))
    seen = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for texts in pool.map(lambda job: tidy(build / "tidy", *job), jobs):
            for text in texts:
                if text.strip() and text not in seen:
                    seen.add(text)
                    print(text.replace(root + "/", ""), end="")
    count = sum(len(folder) for folder in folders.values())
    print(f"clang-tidy: {count} files, {'warnings' if seen else 'nothing found'}")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
