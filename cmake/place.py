#!/usr/bin/env python3
"""Writes a link script that places the functions and data of an image in another, seeded order.

  place.py SCRIPT MAP SEED OUTPUT

SCRIPT is the image's link script, MAP the linker's map of its ordinary form. What each statement of
SCRIPT collects, as `*(.text .text.*)`, comes in OUTPUT one input section after the other: with
-ffunction-sections and -fdata-sections that is one function or variable, of assembly one file. The
seed decides the order and a gap of 0 to 3 cache lines before each; nothing else does, no library's
generator of random numbers either. Everything keeps its place within its cache line and shares that
line with nothing else, so that all placements touch equally many lines: what differs is which lines
have the same place in a cache.

What KEEP holds stays where it is. Strings, which the linker merges, come behind the rest.
"""
import collections
import hashlib
import pathlib
import re
import sys
from typing import NamedTuple

LINE_BYTES = 16  # 4 words, as the caches refill them
GAP_LINES = 4    # gaps have fewer

OUTPUT_SECTION = re.compile(r"\s*(\.[\w.]+) .*\{$")     # "  .text 0x80000000 : {"
OUTPUT_OF_MAP = re.compile(r"(\.[\w.]+)")               # ".text     0x80000000   0x3c04"
STATEMENT = re.compile(r"\s+(\*\S*\(\.[^()]*\))$")      # "    *(.text .text.*)"
INPUT_OF_MAP = re.compile(r" (\.\S+) +0x([0-9a-f]+) +0x([0-9a-f]+) (\S.*)$")
MERGED = re.compile(r"\.(str|cst)\d")


class Input(NamedTuple):
    section: str
    address: int
    size: int
    file: str  # as the map has it: an object, or archive(member)

    def pattern(self, is_only):
        """What names it. One that is the only one of its name needs no file: of a function or
        variable that several objects have (inline), the linker may keep another's."""
        if is_only:
            return f"*({self.section})"
        archive_member = re.fullmatch(r"(.*)\((.*)\)", self.file)
        file = ":".join(archive_member.groups()) if archive_member else self.file
        return f"{file}({self.section})"

    def is_movable(self):
        return self.size != 0 and not MERGED.search(self.section)


def read_map(text):
    """The input sections by (output section, statement)."""
    text = text.split("Linker script and memory map", 1)[1]
    text = re.sub(r"^( \.\S+)\n {10,}", r"\1 ", text, flags=re.M)  # a long name fills its line
    collected = {}
    output = statement = None
    for line in text.splitlines():
        if found := OUTPUT_OF_MAP.match(line):
            output, statement = found.group(1), None
        elif line.startswith(" *") and not line.startswith(" *fill*"):
            statement = line.strip()
        elif statement and (found := INPUT_OF_MAP.match(line)):
            section, address, size, file = found.groups()
            collected.setdefault((output, statement), []).append(
                Input(section, int(address, 16), int(size, 16), file))
    return collected


def digest(seed, section):
    return hashlib.sha256(f"{seed} {section.file} {section.section}".encode()).digest()


def placed(inputs, seed):
    """Lines of a link script: each movable input after its gap, in the order of the seed; then the
    others begin a line, if there are any."""
    movable = [section for section in inputs if section.is_movable()]
    names = collections.Counter(section.section for section in movable)
    for section in sorted(movable, key=lambda section: digest(seed, section)):
        gap = digest(seed, section)[-1] % GAP_LINES * LINE_BYTES
        yield f"    . = ALIGN({LINE_BYTES}) + {gap + section.address % LINE_BYTES};"
        yield f"    {section.pattern(names[section.section] == 1)}"
    if inputs:
        yield f"    . = ALIGN({LINE_BYTES});"


def place(script, collected, seed):
    output = None
    for line in script.splitlines():
        if found := OUTPUT_SECTION.match(line):
            output = found.group(1)
        elif found := STATEMENT.match(line):
            yield from placed(collected.get((output, found.group(1)), []), seed)
        yield line


def main():
    script, link_map, seed, output = sys.argv[1:]
    lines = place(pathlib.Path(script).read_text(encoding="utf-8"),
                  read_map(pathlib.Path(link_map).read_text(encoding="utf-8")), int(seed))
    pathlib.Path(output).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
