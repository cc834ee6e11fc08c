#!/usr/bin/env python3
"""Fills the tables of docs/exokernel.md that show what the primitives cost with 1 to 256 environments,
from runs of build/guest/scaling.elf, and draws docs/scaling.svg.

  gen_scaling.py [--check]

An operation of that workload is named after the primitive and the number of environments. With
--check nothing is written; exits 1 if the document or the drawing is out of date.
"""
import math
import sys

from generated import settle
from measured_runs import MACHINES, ROOT, run, run_all, table, write_blocks

WORKLOAD = "scaling"
SLICE_US = 1_000_000  # longer than any turn of the workload
COUNTS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
EXPLAINED = "dec5000-125"  # the machine of the stacks of causes and of the drawing
EXPLAINED_COUNTS = [1, 32, 256]
PRIMITIVES = {
    "null call": "null call",
    "exception": "exception, and the program's handler",
    "protected transfer": "protected control transfer, one way",
    "TLB refill": "TLB miss, the software TLB has the page",
    "first access": "first access of a turn to a page of the environment's own",
    "yield": "`yield` to the next environment",
    "tlb_write": "`tlb_write`",
    "capability_derive": "`capability_derive`: a check, and a capability made",
    "page_alloc": "`page_alloc`",
    "page_dealloc": "`page_dealloc`, bound at one address",
}
DRAWING = ROOT / "docs" / "scaling.svg"
WIDTH, HEIGHT, LEFT, TOP = 640, 360, 48, 16
COLOURS = ["#1b6ca8", "#c8553d", "#2a9d5c", "#8e5ea2", "#e0a100", "#444444", "#17a2b8", "#a0522d",
           "#e377c2", "#7f7f7f"]


def cycles_table(rows):
    lines = []
    for name, title in PRIMITIVES.items():
        cycles = [rows.cycles(f"{name}, {count}") for count in COUNTS]
        lines.append([title, *map(str, cycles), f"{cycles[-1] / cycles[0]:.1f}"])
    return table(["environments", *map(str, COUNTS), "256 : 1"], lines)


def causes_table(rows):
    stacks = [(name, count, rows.causes(f"{name}, {count}")) for name in PRIMITIVES
              for count in EXPLAINED_COUNTS]
    causes = [cause for cause in stacks[0][2] if any(stack[cause] >= 0.5 for _, _, stack in stacks)]
    lines = [[PRIMITIVES[name] if count == EXPLAINED_COUNTS[0] else "", str(count),
              str(rows.cycles(f"{name}, {count}")),
              str(rows.by_name[f"{name}, {count}"]["cycles"]["max"])]
             + [f"{stack[cause]:.0f}" if stack[cause] >= 0.5 else "" for cause in causes]
             for name, count, stack in stacks]
    return table(["", "environments", "median", "most"]
                 + [cause.replace("_", " ") for cause in causes], lines)


def x_of(index):
    return LEFT + index * (WIDTH - LEFT - 150) / (len(COUNTS) - 1)


def y_of(cycles):
    """The scale goes from 10 to 1000 cycles."""
    return HEIGHT - 40 - (math.log10(cycles) - 1) * (HEIGHT - 40 - TOP) / 2


def drawing(rows):
    text = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="sans-serif" font-size="11">\n'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n')
    for cycles in (10, 30, 100, 300, 1000):
        y = y_of(cycles)
        text += (f'<line x1="{LEFT}" x2="{x_of(len(COUNTS) - 1):.0f}" y1="{y:.1f}" y2="{y:.1f}" '
                 f'stroke="#ddd"/><text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{cycles}'
                 '</text>\n')
    for index, count in enumerate(COUNTS):
        text += f'<text x="{x_of(index):.1f}" y="{HEIGHT - 22}" text-anchor="middle">{count}</text>\n'
    text += (f'<text x="{LEFT}" y="{HEIGHT - 6}">environments; median cycles of an operation '
             '(DECstation 5000/125)</text>\n')
    return text + curves(rows) + "</svg>\n"


def curves(rows):
    """One line for each primitive, its name where it ends, or as near as the names allow."""
    text = ""
    ends = []
    for (name, _), colour in zip(PRIMITIVES.items(), COLOURS):
        cycles = [rows.cycles(f"{name}, {count}") for count in COUNTS]
        points = " ".join(f"{x_of(i):.1f},{y_of(value):.1f}" for i, value in enumerate(cycles))
        text += f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>\n'
        ends.append((y_of(cycles[-1]), name, colour))
    above = -math.inf
    for y, name, colour in sorted(ends):
        above = max(y + 4, above + 13)
        text += (f'<text x="{x_of(len(COUNTS) - 1) + 8:.1f}" y="{above:.1f}" fill="{colour}">{name}'
                 '</text>\n')
    return text


def main():
    results = run_all({machine: lambda machine=machine: run(WORKLOAD, machine, slice_us=SLICE_US)
                       for machine in MACHINES})
    text = "\n".join(f"**DECstation {title}**, cycles\n\n{cycles_table(results[machine])}"
                     for machine, title in MACHINES.items())
    text += f"\n**DECstation {MACHINES[EXPLAINED]}**, mean cycles by cause\n\n" \
            + causes_table(results[EXPLAINED])
    is_old = settle(DRAWING, drawing(results[EXPLAINED]), ".ci/gen_scaling.py")
    return write_blocks({"scaling": text}, "gen_scaling.py") or is_old


if __name__ == "__main__":
    sys.exit(main())
