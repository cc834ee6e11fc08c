#!/usr/bin/env python3
"""Fills the tables of docs/exokernel.md: kernel calls from syscalls.def, constants from headers.

A block begins with a line `<!-- generated: calls -->` or `<!-- generated: HEADER PREFIX... -->` (as
in docs/machine.md) and ends with `<!-- end generated -->`. With --check nothing is written; exits 1
if a block is out of date.
"""
import pathlib
import re
import sys

from gen_machine_doc import BLOCK, header_table

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "exokernel.md"
CALLS = ROOT / "exokernel" / "abi" / "syscalls.def"
ROW = re.compile(r'^EXO_SYSCALL\((\d+), (\w+), (\w+), (\d+), "(.*)"\)$', re.M)


def calls_table():
    lines = ["| no. | call | kind | argument words | |", "|---|---|---|---|---|"]
    for number, name, kind, arguments, documentation in ROW.findall(CALLS.read_text("utf-8")):
        lines.append(f"| {number} | `{name}` | {kind} | {arguments} | {documentation} |")
    return "\n".join(lines) + "\n"


def generated(match):
    """The block as it should be; that of .ci/gen_primitives.py is left to it."""
    what = match.group("what")
    if what == "primitives":
        return match.group(0)
    header, *prefixes = what.split()
    table = calls_table() if what == "calls" else header_table(header, prefixes)
    return f"{match.group(1)}\n{table}\n{match.group(3)}"


def main():
    before = DOCUMENT.read_text(encoding="utf-8")
    after = BLOCK.sub(generated, before)
    if after == before:
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{DOCUMENT.relative_to(ROOT)}: out of date; run .ci/gen_calls_doc.py")
        return 1
    DOCUMENT.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
