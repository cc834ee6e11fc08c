#!/usr/bin/env python3
"""No file above 400 lines, no function above 40. Functions are found by Universal Ctags.

Prints each offender as file:line and exits 1.
"""
import json
import subprocess
import sys

MAX_FILE = 400
MAX_FUNCTION = 40


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns],
                         capture_output=True, text=True, check=True).stdout
    return sorted(set(out.split()))


def long_files(files):
    for path in files:
        with open(path, encoding="utf-8") as file:
            lines = sum(1 for _ in file)
        if lines > MAX_FILE:
            yield f"{path}:1: {lines} lines, at most {MAX_FILE}"


def long_functions(files):
    out = subprocess.run(
        ["ctags", "--output-format=json", "--languages=C++,Python", "--map-C++=+.h",
         "--kinds-C++=f", "--kinds-Python=fm", "--fields=+ne", "-L", "-", "-f", "-"],
        input="\n".join(files), capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        tag = json.loads(line)
        if "end" not in tag:
            continue
        length = tag["end"] - tag["line"] + 1
        if length > MAX_FUNCTION:
            yield (f"{tag['path']}:{tag['line']}: {tag['name']} has {length} lines, "
                   f"at most {MAX_FUNCTION}")


def main():
    sources = tracked("*.cpp", "*.hpp", "*.h", "*.S", "*.def", "*.py", "*.sh", "*.cmake", "dev")
    code = [path for path in sources if path.endswith((".cpp", ".hpp", ".h", ".py"))]
    found = list(long_files(sources)) + list(long_functions(code))
    print("\n".join(found + [f"sizes: {len(sources)} files, {len(found)} too large"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
