#!/usr/bin/env python3
"""Fills the tables of docs/machine.md from the contract headers and from the device registry.

A block begins with a line `<!-- generated: HEADER PREFIX... -->` and ends with
`<!-- end generated -->`. It becomes a table of the header's #defines whose names begin with one of
the prefixes (all of them if none is given), with the comments as their meaning. The block
`<!-- generated: devices -->` is what `exosim --list-devices=markdown` prints.

usage: gen_machine_doc.py [--check] [--exosim PROGRAM]
With --check nothing is written: a difference is printed and the exit status is 1.
"""
import argparse
import difflib
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "machine.md"
BLOCK = re.compile(r"(<!-- generated: (?P<what>[^\n]*?) -->\n).*?(<!-- end generated -->)", re.S)
DEFINE = re.compile(r"^#define[ \t]+(\w+)[ \t]+([^\s/]+)[ \t]*(?:/\*(.*?)\*/)?", re.S | re.M)


def defines(header):
    """(name, value, comment) of each #define with a value, in order."""
    text = (ROOT / header).read_text(encoding="utf-8")
    for name, value, comment in DEFINE.findall(text):
        yield name, value, re.sub(r"\s*\n\s*\*?\s*", " ", comment).strip()


def header_table(header, prefixes):
    rows = [row for row in defines(header)
            if not prefixes or any(row[0].startswith(prefix) for prefix in prefixes)]
    if not rows:
        sys.exit(f"{DOCUMENT.name}: nothing in {header} begins with {' or '.join(prefixes)}")
    lines = ["| name | value | meaning |", "|---|---|---|"]
    for name, value, comment in rows:
        meaning = comment.replace("|", "\\|")
        lines.append(f"| `{name}` | {value} | {meaning} |")
    return "\n".join(lines) + "\n"


def device_sections(exosim):
    done = subprocess.run([exosim, "--list-devices=markdown"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"{exosim} --list-devices=markdown: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def generated(what, exosim):
    if what == "devices":
        return device_sections(exosim)
    header, *prefixes = what.split()
    return header_table(header, prefixes)


def main():
    parser = argparse.ArgumentParser(description="fills the tables of docs/machine.md")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    parser.add_argument("--exosim", default=str(ROOT / "build" / "bin" / "exosim"))
    options = parser.parse_args()

    before = DOCUMENT.read_text(encoding="utf-8")
    after = BLOCK.sub(
        lambda m: f"{m.group(1)}\n{generated(m.group('what'), options.exosim)}\n{m.group(3)}",
        before)
    if after == before:
        return 0
    if not options.check:
        DOCUMENT.write_text(after, encoding="utf-8")
        print("docs/machine.md: written")
        return 0
    sys.stdout.writelines(difflib.unified_diff(
        before.splitlines(True), after.splitlines(True), "docs/machine.md", "generated"))
    print("docs/machine.md: out of date; run ./dev bless")
    return 1


if __name__ == "__main__":
    sys.exit(main())
