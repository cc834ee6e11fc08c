#!/usr/bin/env python3
"""Fills the tables of docs/exokernel.md: kernel calls from syscalls.def, the instructions of
downloaded code from code_instructions.def, constants from headers.

A block begins with a line `<!-- generated: calls -->`, `<!-- generated: code instructions -->` or
`<!-- generated: HEADER PREFIX... -->` (as in docs/machine.md) and ends with `<!-- end generated -->`. With --check nothing is written; exits 1
if a block is out of date.
"""
import pathlib
import re
import sys

from generated import settle
from gen_machine_doc import BLOCK, header_table

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "exokernel.md"
FROM_RUNS = ("primitives", "kernel calls", "revocation", "broken bindings", "capability check",
             "adjudication", "lives", "overruns", "scaling")
CALLS = ROOT / "exokernel" / "abi" / "syscalls.def"
ROW = re.compile(r'^EXO_SYSCALL\((\d+), (\w+), (\w+), (\d+), "(.*)"\)$', re.M)
CODE = ROOT / "exokernel" / "code_instructions.def"
CODE_KIND = re.compile(r'^EXO_CODE_KIND\((\w+), "(.*)"\)$', re.M)
CODE_INSN = re.compile(r"^EXO_CODE_INSN\((\w+), (\w+)\)$", re.M)


def calls_table():
    lines = ["| no. | call | kind | argument words | |", "|---|---|---|---|---|"]
    for number, name, kind, arguments, documentation in ROW.findall(CALLS.read_text("utf-8")):
        lines.append(f"| {number} | `{name}` | {kind} | {arguments} | {documentation} |")
    return "\n".join(lines) + "\n"


def code_table():
    text = CODE.read_text("utf-8")
    instructions = CODE_INSN.findall(text)
    lines = ["| instructions | |", "|---|---|"]
    for kind, documentation in CODE_KIND.findall(text):
        names = ", ".join(f"`{name}`" for name, of_kind in instructions if of_kind == kind)
        lines.append(f"| {names} | {documentation} |")
    return "\n".join(lines) + "\n"


def table_of(what):
    if what == "calls":
        return calls_table()
    if what == "code instructions":
        return code_table()
    header, *prefixes = what.split()
    return header_table(header, prefixes)


def generated(match):
    """The block as it should be; those that are made from runs are left to their generators."""
    what = match.group("what")
    if what in FROM_RUNS:
        return match.group(0)
    table = table_of(what)
    return f"{match.group(1)}\n{table}\n{match.group(3)}"


def main():
    before = DOCUMENT.read_text(encoding="utf-8")
    return settle(DOCUMENT, BLOCK.sub(generated, before), ".ci/gen_calls_doc.py")


if __name__ == "__main__":
    sys.exit(main())
