#!/usr/bin/env python3
"""Profiles of whole runs: readers of their formats understand them, and their figures are those of
the statistics and of the trace.

  check_profiles.py EXOSIM GUEST_BUILD_FOLDER
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Inclusive costs are compared for: what the kernel does once; calls of the kernel; what serves page
# faults, behind exceptions that the kernel forwards; all of the program, exceptions and calls of
# the kernel included.
FUNCTIONS = {
    "hello.elf": ["main", "exos_handle_exception", "exos::vm_serve_miss(unsigned int)"],
    "aegis.elf": ["aegis::memory_start(aegis::BootInfo const&)", "sys_page_alloc",
                  "aegis::page_take(unsigned int, unsigned short)"],
}
STEP = re.compile(r" *(\d+) ([uk]) +\d+ ([0-9a-f]{8}) (?:([0-9a-f]{8})|-{8}).*")
LINK = re.compile(r" ra=([0-9a-f]{8})")


def check(condition, message):
    if not condition:
        sys.exit(message)


def run(exosim, options, *images):
    command = [exosim, "--config", "configs/r3000.yaml", "--quiet", *options,
               *map(str, images)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)
    check(done.returncode == 0, f"{' '.join(command)}: {done.returncode}: {done.stderr}")


def annotate(profile, *options):
    """What callgrind_annotate prints: name to figures by event."""
    done = subprocess.run(["callgrind_annotate", "--threshold=100", *options, str(profile)],
                          capture_output=True, text=True, check=False)
    check(done.returncode == 0 and not done.stderr, f"callgrind_annotate: {done.stderr}")
    events = re.search(r"Events recorded: +(.*)", done.stdout)[1].split()
    rows = {}
    for line in done.stdout.splitlines():
        figures = re.match(r"((?:[\d,]+ \( *[\d.]+%\) +|\. +|0 +)+)(\S.*)", line)
        if figures:
            values = re.findall(r"([\d,]+) \(|(\.|\b0\b) ", figures[1])
            numbers = [int(a.replace(",", "")) if a else 0 for a, b in values]
            rows[figures[2]] = dict(zip(events, numbers))
    return rows


def entry_points(image):
    """Demangled names of functions to their addresses."""
    listing = subprocess.run(["nm", "-C", str(image)], capture_output=True, text=True, check=True)
    return {match[2]: match[1] for match in
            re.finditer(r"^([0-9a-f]{8}) [Tt] (.*)$", listing.stdout, re.MULTILINE)}


def instructions_in_trace(trace, entries):
    """Of each entry point: the instructions between its calls and where they return to."""
    counts = dict.fromkeys(entries, 0)
    until = {}  # entry point to return address, while it is active
    link = None
    with open(trace, encoding="utf-8") as lines:
        for line in lines:
            step = STEP.match(line)
            if not step:
                continue
            address, word = step[3], step[4]
            for entry in [entry for entry, back in until.items() if back == address]:
                del until[entry]
            if address in counts and address not in until and word:
                until[address] = link
            if "  exception " not in line or "exception Sys" in line or "exception Bp" in line:
                for entry in until:
                    counts[entry] += 1
            written = LINK.search(line)
            link = written[1] if written else link
    return counts


def check_callgrind(exosim, guest, folder):
    profile, trace, stats = (str(folder / name) for name in ("callgrind.out", "trace", "stats"))
    run(exosim, ["--callgrind", profile, "--trace", trace, "--stats", stats], guest / "hello.elf")
    figures = json.loads(pathlib.Path(stats).read_text(encoding="utf-8"))
    totals = annotate(profile)["PROGRAM TOTALS"]
    expected = [figures["run"]["cycles"], figures["run"]["instructions"],
                *figures["causes"].values()]
    check(list(totals.values()) == expected, f"totals: {totals}, expected {expected}")
    rows = annotate(profile, "--inclusive=yes")
    for image, names in FUNCTIONS.items():
        addresses = entry_points(guest / image)
        counts = instructions_in_trace(trace, [addresses[name] for name in names])
        for name in names:
            found = max((row["Instructions"] for place, row in rows.items()
                         if re.sub(r" \[.*\]$", "", place).endswith(":" + name)), default=None)
            check(found == counts[addresses[name]],
                  f"{name}: {found} instructions, in the trace {counts[addresses[name]]}")
    print(f"callgrind: {len(rows)} places; inclusive instructions of {FUNCTIONS} as in the trace")


def main():
    exosim, guest = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        check_callgrind(exosim, guest, pathlib.Path(name))


if __name__ == "__main__":
    main()
