#!/usr/bin/env python3
"""The kernel's short paths take as many instructions as docs/exokernel.md says: from the first at the
vector to the last before user mode, as a trace of primitives.elf has them.

  check_paths.py EXOSIM GUEST_BUILD_FOLDER
"""
import collections
import pathlib
import re
import subprocess
import sys

# Published: exception dispatch and a software TLB hit in 18 instructions, a transfer in about 30.
EXPECTED = {"Mod": {17}, "AdEL": {17}, "CpU": {17}, "Ov": {17}, "software TLB hit": {18},
            "synchronous transfer": {25}, "asynchronous transfer": {27, 28}}
EXCEPTION = re.compile(rb" exception (\w+)( refill)?")
PLACE = re.compile(rb"<(\w+)[+>]")


def path_of(exception, places):
    """The name of a path in EXPECTED, or None."""
    if exception in (b"TLBL refill", b"TLBS refill"):
        return "software TLB hit" if places == {b"utlb_vector"} else None
    if exception == b"Sys":
        if b"transfer" not in places or b"transfer_by_hand" in places:
            return None
        return "asynchronous transfer" if b"asynchronous" in places else "synchronous transfer"
    return exception.decode()


def count_paths(lines):
    """How many instructions each path took, with how often."""
    counts = collections.defaultdict(collections.Counter)
    exception, places, instructions = None, set(), 0
    for line in lines:
        mode = line[12:16].strip()
        if mode == b"k":
            instructions += 1
            if found := PLACE.search(line, 60):
                places.add(found[1])
            continue
        if mode != b"u":
            continue  # a heading, or the console's output
        if exception and (name := path_of(exception, places)):
            counts[name][instructions] += 1
        found = EXCEPTION.search(line)
        exception = found[1] + (found[2] or b"") if found else None
        places, instructions = set(), 0
    return counts


def main():
    exosim, guest = sys.argv[1], pathlib.Path(sys.argv[2])
    root = pathlib.Path(__file__).resolve().parent.parent
    program = guest / "primitives.elf"
    with subprocess.Popen([exosim, "--quiet", "--config", root / "configs" / "ideal.yaml", "--kernel",
                           guest / "aegis.elf", "--trace", "/dev/stdout", program, program],
                          stdout=subprocess.PIPE) as run:
        counts = count_paths(run.stdout)
    faults = run.returncode != 0
    for name, expected in EXPECTED.items():
        seen = set(counts[name])
        print(f"{name}: {dict(counts[name])}")
        if seen != expected:
            print(f"{name}: expected {sorted(expected)} instructions")
            faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
