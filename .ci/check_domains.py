#!/usr/bin/env python3
"""No cycle moves to another domain silently: what the sources declare against the images' code.

  check_domains.py GUEST_BUILD_FOLDER

For each image: every instruction that the compiler made of a function with EXO_DOMAIN lies in a
function of the image that declares that domain (nothing was inlined elsewhere, no part was split
off), and every instruction between exo_domain_begin and exo_domain_end in an assembly source, and
no other of that source, lies in a declared range. Prints each breach and exits 1.
"""
import pathlib
import re
import struct
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = "mipsel-linux-gnu-"
SECTION = ".exosim.markers"
FUNCTION, RANGE_BEGIN, RANGE_END = 3, 4, 5
DECLARATION = re.compile(r'\bEXO_DOMAIN\("([a-z]+)"\)')
RANGE = re.compile(r'^\s*exo_domain_(begin|end) "([a-z]+)"')
# The last name before the parameters: "run" of "ns::run(int)", of "run(int) [clone .part.0]", of "run".
NAME = re.compile(r"([~\w]+)(?:\(.*|$)")


def output(*command, given=None):
    return subprocess.run(command, capture_output=True, text=True, check=True, input=given).stdout


def markers(image):
    """(address, kind, name) of each record of the image."""
    dump = output(TOOLS + "objdump", "-s", "-j", SECTION, image)
    data = b"".join(bytes.fromhex("".join(line[1:].split("  ")[0].split()[1:]))
                    for line in dump.splitlines() if re.match(r" [0-9a-f]+ ", line))
    offset = 0
    while offset < len(data):
        address, kind = struct.unpack_from("<II", data, offset)
        end = data.index(b"\0", offset + 8)
        yield address, kind, data[offset + 8:end].decode()
        offset = (end + 4) & ~3


def functions(image):
    """(begin, end, name) of the image's functions, mangled, in order."""
    found = set()
    for line in output(TOOLS + "nm", "-S", "--defined-only", image).splitlines():
        fields = line.split()
        if len(fields) == 4 and fields[2] in "tTwW":
            begin, size = int(fields[0], 16) & 0xffffffff, int(fields[1], 16)
            found.add((begin, begin + size, fields[3]))
    return sorted(found)


def declared(image):
    """Address of each instruction in a declared function or range, and its domain."""
    domains, ranges, is_open = {}, {}, []
    symbols = functions(image)
    for address, kind, name in markers(image):
        if kind == FUNCTION:
            for begin, end, _ in symbols:
                if begin <= address < end:
                    domains.update(dict.fromkeys(range(begin, end, 4), name))
        elif kind == RANGE_BEGIN:
            is_open.append((address, name))
        elif kind == RANGE_END:
            begin, name = is_open.pop()
            for each in range(begin, address, 4):
                ranges.setdefault(each, name)  # the inner one ends first
    return domains | ranges


def places(image):
    """For each instruction: address and its frames [(function, file, line)], the innermost first."""
    listing = output(TOOLS + "objdump", "-d", "-z", "--no-show-raw-insn", image)
    addresses = re.findall(r"^\s*([0-9a-f]{6,8}):\t", listing, re.M)
    text = output(TOOLS + "addr2line", "-a", "-i", "-f", "-C", "-e", image, given="\n".join(addresses))
    for block in re.split(r"^0x", text, flags=re.M)[1:]:
        address, *lines = block.splitlines()
        frames = []
        for function, place in zip(lines[::2], lines[1::2]):
            file, _, line = place.partition(" ")[0].rpartition(":")
            name = NAME.search(function)
            frames.append((name[1] if name else function, file, int(line) if line.isdigit() else 0))
        yield int(address, 16), frames


def function_around(lines, number):
    """The name of the function whose body has the line: where the indentation is less."""
    indentation = lambda line: len(line) - len(line.lstrip())
    inside = indentation(lines[number - 1])
    for line in reversed(lines[:number - 1]):
        if "(" in line and indentation(line) < inside:
            return NAME.search(line.partition("(")[0])[1]
    return None


class Source:
    """The declarations of one source file."""

    def __init__(self, path):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        self.ranges, self.functions = [], {}
        self.expansions = {}  # line: domains of the ranges in the macro that it expands
        is_open, macros, macro = [], {}, None
        for number, line in enumerate(lines, 1):
            words = line.replace(",", " ").split() or [""]
            found = RANGE.match(line)
            if words[0] == ".macro":
                macro = macros.setdefault(words[1], set())
            elif words[0] == ".endm":
                macro = None
            elif found and found[1] == "begin":
                is_open.append((number, found[2]))
            elif found and macro is not None:
                macro.add(is_open.pop()[1])
            elif found:
                self.ranges.append((is_open[-1][0], number, is_open.pop()[1]))
            elif macros.get(words[0]) and macro is not None:
                macro |= macros[words[0]]
            elif macros.get(words[0]):
                self.expansions[number] = macros[words[0]]
            elif declaration := DECLARATION.search(line):
                self.functions[function_around(lines, number)] = declaration[1]

    def declares_ranges(self):
        return bool(self.ranges or self.expansions)

    def domains_at(self, line):
        """What an instruction of this line may count as: the innermost range around it, None
        outside of all; where a macro is expanded that has ranges, those of that too."""
        around = [each for each in self.ranges if each[0] < line < each[1]]
        innermost = min(around, key=lambda each: each[1] - each[0])[2] if around else None
        return {innermost} | self.expansions.get(line, set())


SOURCES = {}


def source_of(file):
    """The project's source; None for others. Debug information has names from the build's folder."""
    if file not in SOURCES:
        path = ROOT / file.removeprefix("build/")
        SOURCES[file] = Source(path) if path.is_file() else None
    return SOURCES[file]


def breaches(image):
    domains = declared(image)
    in_functions = {address for begin, end, _ in functions(image) for address in range(begin, end, 4)}
    for address, frames in places(image):
        if address not in in_functions:
            continue  # the linker's or the assembler's padding
        is_domain = domains.get(address)
        for function, file, line in frames:
            source = source_of(file)
            wanted = source.functions.get(function) if source else None
            if wanted and is_domain != wanted:
                yield f"{address:#x} is code of {function} ({file}:{line}), which declares " \
                      f"{wanted}, but counts as {is_domain or 'undeclared'}"
                break
        _, file, line = frames[-1]
        source = source_of(file)
        if source and source.declares_ranges() and is_domain not in source.domains_at(line):
            yield f"{address:#x} ({file}:{line}) counts as {is_domain or 'undeclared'}, but " \
                  "stands in a range that declares something else, or in none"


def main():
    folder = pathlib.Path(sys.argv[1])
    images = [image for image in sorted(folder.glob("*.elf"))
              if SECTION in output(TOOLS + "readelf", "-SW", image)]
    wrong = total = 0
    for image in images:
        total += len(declared(image))
        for text in breaches(image):
            wrong += 1
            print(f"{image.name}: {text}")
    print(f"domains: {len(images)} images, {total} instructions declared, {wrong} breaches")
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())
