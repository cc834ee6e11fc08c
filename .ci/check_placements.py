#!/usr/bin/env python3
"""Placements of the guest images (cmake/place.py): other addresses, and nothing else.

  check_placements.py EXOSIM GUEST_BUILD_FOLDER

For the kernel and hello, placements 1 and 2: they have the image's symbols, most of them elsewhere
but at the same place within a cache line; the kernel's vectors stay; the same seed writes the same
link script again, and linking it again gives the same bytes; each prints what the image prints.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLACE = ROOT / "cmake" / "place.py"
SEEDS = (1, 2)
LINE_BYTES = 16
SCRIPTS = {"aegis": "exokernel_kernel.ld", "hello": "libos_user.ld"}
# Ends of a region: they come behind what was moved.
ENDS = {"kernel_end", "exos_init_begin", "exos_init_end"}
FIXED = {"aegis": {"utlb_vector", "general_vector", "utlb_hit_end", "general_vector_end"}, "hello": set()}


def symbols(image):
    """Addresses by name, in ascending order: static functions can share a name."""
    text = subprocess.run(["mipsel-linux-gnu-nm", "-n", image], capture_output=True, text=True,
                          check=True).stdout
    found = {}
    for line in text.splitlines():
        address, _, name = line.split(" ", 2)
        found.setdefault(name, []).append(int(address, 16))
    return found


def lines_within(addresses):
    return Counter(address % LINE_BYTES for address in addresses)


def symbol_faults(name, built, placed):
    if {symbol: len(at) for symbol, at in built.items()} != \
       {symbol: len(at) for symbol, at in placed.items()}:
        yield "has other symbols"
        return
    moved = {symbol for symbol in built if built[symbol] != placed[symbol]}
    if len(moved) < len(built) // 2:
        yield f"only {len(moved)} of {len(built)} symbols are elsewhere"
    for symbol in FIXED[name] & moved:
        yield f"{symbol} is elsewhere"
    for symbol in moved - ENDS:
        if lines_within(built[symbol]) != lines_within(placed[symbol]):
            yield f"{symbol} is at another place within its cache line"


def script_faults(scripts, name, seed):
    """The seed alone decides what is written."""
    with tempfile.TemporaryDirectory() as folder:
        again = pathlib.Path(folder) / "again.ld"
        subprocess.run([sys.executable, PLACE, scripts / SCRIPTS[name], scripts / f"{name}.map",
                        str(seed), again], check=True)
        if again.read_bytes() != (scripts / f"{name}.placement{seed}.ld").read_bytes():
            yield "the same seed gives another link script"


def link_faults(guest, name, seed):
    """Links once more, by the build's own command."""
    target = f"placements/{name}.placement{seed}.elf"
    command = subprocess.run(["ninja", "-C", guest, "-t", "commands", "-s", target],
                             capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        again = pathlib.Path(folder) / "again.elf"
        subprocess.run(command.replace(f"-o {target}", f"-o {again}"), shell=True, check=True,
                       cwd=guest)
        if again.read_bytes() != (guest / target).read_bytes():
            yield "linking it again gives other bytes"


def printed(exosim, kernel, program):
    """What the run prints, but how many pages the images left free."""
    done = subprocess.run([exosim, "--quiet", "--config", ROOT / "configs" / "r3000.yaml",
                           "--max-cycles", "10M", "--kernel", kernel, program],
                          capture_output=True, text=True, check=False)
    return done.returncode, re.sub(r"\(\d+ free\)", "", done.stdout)


def main():
    exosim, guest = sys.argv[1], pathlib.Path(sys.argv[2])
    folder = guest / "placements"
    text = printed(exosim, guest / "aegis.elf", guest / "hello.elf")
    faults = [] if text[0] == 0 else [f"hello: exit status {text[0]}"]
    for seed in SEEDS:
        for name in SCRIPTS:
            image = folder / f"{name}.placement{seed}.elf"
            found = [*symbol_faults(name, symbols(guest / f"{name}.elf"), symbols(image)),
                     *script_faults(guest / "scripts", name, seed),
                     *link_faults(guest, name, seed)]
            faults += [f"{image.name}: {fault}" for fault in found]
        if printed(exosim, *(folder / f"{n}.placement{seed}.elf" for n in SCRIPTS)) != text:
            faults.append(f"placement {seed} prints something else")
    for name in SCRIPTS:
        if len({str(symbols(folder / f"{name}.placement{seed}.elf")) for seed in SEEDS}) == 1:
            faults.append(f"{name}: placements {SEEDS} are the same")
    print("\n".join(faults + [f"placements: {len(SEEDS)} of the kernel and hello, "
                              f"{len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
