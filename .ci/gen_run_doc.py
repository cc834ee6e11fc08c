#!/usr/bin/env python3
"""Fills the blocks of README.md and docs/ that show what a command prints.

A block is a line `<!-- output of: COMMAND -->` followed by a fenced code block. The command runs
from the repository's root; its standard output replaces the fence's content. Standard error is left
out, because host figures stand there. With --check nothing is written; exits 1 if a block differs.
"""
import glob
import re
import subprocess
import sys

BLOCK = re.compile(r"(<!-- output of: (?P<command>[^\n]*?) -->\n+```(?P<language>\w*)\n)"
                   r"(?P<body>.*?)(?P<end>^```$)", re.S | re.M)


def output_of(command):
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 2):
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stderr}")
    text = done.stdout if done.stdout.endswith("\n") or not done.stdout else done.stdout + "\n"
    return "\n".join(line.rstrip() for line in text.split("\n"))


def refreshed(text):
    return BLOCK.sub(lambda m: m.group(1) + output_of(m.group("command")) + m.group("end"), text)


def main():
    check = "--check" in sys.argv[1:]
    stale = []
    for path in ["README.md"] + sorted(glob.glob("docs/**/*.md", recursive=True)):
        with open(path, encoding="utf-8") as file:
            before = file.read()
        after = refreshed(before)
        if after == before:
            continue
        stale.append(path)
        if not check:
            with open(path, "w", encoding="utf-8") as file:
                file.write(after)
    for path in stale:
        print(f"{path}: {'out of date; run ./dev bless' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
