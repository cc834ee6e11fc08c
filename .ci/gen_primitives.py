#!/usr/bin/env python3
"""Fills the tables of primitives in docs/exokernel.md from runs of build/guest/primitives.elf.

  gen_primitives.py [--check]

On each DECstation the program runs warm and cold (--cold for each operation), as built and with the
placements of kernel and program that the build has linked. Published figures and their marks are in
workloads/primitives/published.yaml. With --check nothing is written; exits 1 if the document is out
of date. Also exits 1 if a primitive takes longer, warm and as built, than published.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

import yaml

from generated import settle

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "exokernel.md"
GUEST = ROOT / "build" / "guest"
PUBLISHED = ROOT / "workloads" / "primitives" / "published.yaml"
BLOCK = re.compile(r"(<!-- generated: primitives -->\n).*?(<!-- end generated -->)", re.S)
MACHINES = {"dec5000-125": "DECstation 5000/125, R3000 at 25 MHz",
            "dec3100": "DECstation 3100, R2000 at 16.67 MHz",
            "dec2100": "DECstation 2100, R2000 at 12.5 MHz"}
PLACEMENTS = 8
MAX_CYCLES = "100M"
PROGRAM = "primitives.elf"


def images(placement):
    """Kernel and program; as built for 0."""
    if placement == 0:
        return GUEST / "aegis.elf", GUEST / PROGRAM
    folder = GUEST / "placements"
    return tuple(folder / f"{name}.placement{placement}.elf" for name in ("aegis", "primitives"))


def run(machine, placement, cold):
    """Clock in Hz, and the program's operations by name."""
    kernel, program = images(placement)
    done = subprocess.run(
        [ROOT / "build" / "bin" / "exosim", "--quiet", "--log-level", "error", "--config",
         ROOT / "configs" / f"{machine}.yaml", "--max-cycles", MAX_CYCLES,
         *(f"--cold={name}" for name in cold), "--kernel", kernel, "--stats", "/dev/stderr",
         program, program],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(f"{program} on {machine}: exit status {done.returncode}\n{done.stderr.decode()}")
    stats = json.loads(done.stderr)
    rows = {row["name"]: row for row in stats["operations"] if row["image"] == program.name}
    return stats["run"]["clock_hz"], rows


class Primitive:
    def __init__(self, entry):
        self.title, self.operation = entry["title"], entry["operation"]
        self.share = entry.get("share", 1)
        self.published = {machine: str(cell).split()
                          for machine, cell in entry.get("microseconds", {}).items()}

    def cycles(self, rows):
        return rows[self.operation]["cycles"]["median"] / self.share

    def instructions(self, rows):
        return rows[self.operation]["instructions"]["median"] / self.share

    def causes(self, rows):
        """Mean cycles of one operation, by cause."""
        row = rows[self.operation]
        return {cause: cycles / row["count"] / self.share for cause, cycles in row["causes"].items()}


def number(value):
    return f"{value:g}"


def spread(values):
    least, greatest = min(values), max(values)
    return number(least) if least == greatest else f"{number(least)}–{number(greatest)}"


def times_table(machine, primitives, results):
    hertz, warm = results[machine, 0, False]
    _, cold = results[machine, 0, True]
    microseconds = lambda cycles: f"{cycles * 1e6 / hertz:.2f}"
    placed = lambda primitive, is_cold: spread(
        [primitive.cycles(results[machine, number, is_cold][1]) for number in range(1, PLACEMENTS + 1)])
    text = (f"\n**{MACHINES[machine]}** (`configs/{machine}.yaml`)\n\n"
            "| primitive | published µs | ours µs | cycles | placements | instructions "
            "| cold µs | cycles | placements |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n")
    for primitive in primitives:
        published = " ".join(primitive.published.get(machine, ["–"]))
        warm_cycles, cold_cycles = primitive.cycles(warm), primitive.cycles(cold)
        cells = [primitive.title, published, microseconds(warm_cycles), number(warm_cycles),
                 placed(primitive, False), number(primitive.instructions(warm)),
                 microseconds(cold_cycles), number(cold_cycles), placed(primitive, True)]
        text += "| " + " | ".join(cells) + " |\n"
    return text


def causes_table(machine, primitives, results):
    stacks = [(primitive.title, primitive.causes(results[machine, 0, is_cold][1]), is_cold)
              for primitive in primitives for is_cold in (False, True)]
    causes = [cause for cause in stacks[0][1] if any(stack[cause] >= 0.05 for _, stack, _ in stacks)]
    text = (f"\n**{MACHINES[machine]}**: mean cycles by cause\n\n| primitive | | "
            + " | ".join(cause.replace("_", " ") for cause in causes) + " |\n|---|---|"
            + "---:|" * len(causes) + "\n")
    for title, stack, is_cold in stacks:
        cells = [f"{stack[cause]:.1f}" if stack[cause] >= 0.05 else "" for cause in causes]
        text += f"| {'' if is_cold else title} | {'cold' if is_cold else 'warm'} | " \
                + " | ".join(cells) + " |\n"
    return text


def missed(primitives, results):
    """What takes longer than published, in words."""
    for machine in MACHINES:
        hertz, rows = results[machine, 0, False]
        for primitive in primitives:
            ours = primitive.cycles(rows) * 1e6 / hertz
            if machine in primitive.published and ours > float(primitive.published[machine][0]):
                yield f"{primitive.title} on {machine}: {ours:.2f} us, published " \
                      f"{primitive.published[machine][0]} us"


def measure(primitives):
    cold = [primitive.operation for primitive in primitives]
    what = [(machine, placement, is_cold) for machine in MACHINES
            for placement in range(PLACEMENTS + 1) for is_cold in (False, True)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = pool.map(lambda each: run(each[0], each[1], cold if each[2] else []), what)
        return dict(zip(what, runs))


def main():
    entries = yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))["primitives"]
    primitives = [Primitive(entry) for entry in entries]
    results = measure(primitives)
    tables = "".join(times_table(machine, primitives, results) for machine in MACHINES) \
        + "".join(causes_table(machine, primitives, results) for machine in MACHINES)
    slower = list(missed(primitives, results))
    for line in slower:
        print(f"slower than published: {line}")
    before = DOCUMENT.read_text(encoding="utf-8")
    after = BLOCK.sub(lambda m: f"{m.group(1)}{tables}\n{m.group(2)}", before)
    stale = settle(DOCUMENT, after, ".ci/gen_primitives.py")
    return 1 if slower else stale


if __name__ == "__main__":
    sys.exit(main())
