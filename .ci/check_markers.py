#!/usr/bin/env python3
"""Markers cost nothing: an image and its unmarked twin load the same bytes at the same places.

  check_markers.py GUEST_BUILD_FOLDER

Compares FOLDER/X.elf with FOLDER/unmarked/X.elf: program headers, and every byte of every segment.
Prints each difference and exits 1.
"""
import pathlib
import subprocess
import sys

OBJDUMP = "mipsel-linux-gnu-objdump"
READELF = "mipsel-linux-gnu-readelf"
SECTION = ".exosim.markers"


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def loaded(image):
    """Program headers without file offsets, and the contents of the sections that are loaded."""
    headers = [line.split() for line in output(READELF, "-lW", image).splitlines()
               if line.strip().startswith("LOAD")]
    contents = output(OBJDUMP, "-s", *(f"-j{name}" for name in allocated(image)), image)
    return [fields[2:] for fields in headers], contents.splitlines()[2:]


def allocated(image):
    """Names of the sections that have contents and are loaded."""
    lines = output(OBJDUMP, "-h", "-w", image).splitlines()
    return [line.split()[1] for line in lines if "CONTENTS, ALLOC" in line]


def has_markers(image):
    return SECTION in output(READELF, "-SW", image)


def main():
    folder = pathlib.Path(sys.argv[1])
    twins = sorted((folder / "unmarked").rglob("*.elf"))
    different = marked = 0
    for twin in twins:
        image = folder / twin.relative_to(folder / "unmarked")
        marked += has_markers(image)
        if has_markers(twin):
            print(f"{twin.relative_to(folder)}: has a section {SECTION}")
            different += 1
        if loaded(image) != loaded(twin):
            print(f"{image.relative_to(folder)}: its unmarked form loads other bytes")
            different += 1
    print(f"markers: {len(twins)} images, {marked} of them marked, {different} differences")
    return 1 if different or not marked else 0


if __name__ == "__main__":
    sys.exit(main())
