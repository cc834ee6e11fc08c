#!/usr/bin/env python3
"""Fills the tables of docs/exokernel.md that show what the primitives cost with 1 to 256 environments,
from runs of build/guest/scaling.elf, and draws docs/scaling.svg.

  gen_scaling.py [--check]

An operation of that workload is named after the primitive and the number of environments;
workloads/scaling/rows.yaml has the titles of all. With --check nothing is written; exits 1 if the
document or the drawing is out of date.
"""
import math
import sys

import yaml

from generated import settle
from measured_runs import MACHINES, ROOT, run, run_all, table, write_blocks

WORKLOAD = "scaling"
SLICE_US = 1_000_000  # longer than any turn of the workload
COUNTS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
EXPLAINED = "dec5000-125"  # the machine of the stacks of causes and of the drawing
EXPLAINED_COUNTS = [1, 32, 256]
GROWS = 1.5  # times as long with 256 environments as with one: with its stacks of causes
DRAWING = ROOT / "docs" / "scaling.svg"
COLOURS = ["#1b6ca8", "#c8553d", "#2a9d5c", "#8e5ea2", "#e0a100", "#444444", "#17a2b8", "#a0522d",
           "#e377c2", "#7f7f7f"]


def rows_of_workload():
    """{group: {operation: title}}."""
    text = (ROOT / "workloads" / WORKLOAD / "rows.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["groups"]


def must_be_all(groups, rows):
    """What the workload measures and what the tables show is the same."""
    shown = {f"{name}, {count}" for group in groups.values() for name in group for count in COUNTS}
    measured = {name for name in rows.by_name if not name.endswith(", 0")}
    for name in sorted(shown ^ measured):
        print(f"{name}: {'no title in rows.yaml' if name in measured else 'not measured'}")
    if shown != measured:
        sys.exit(1)


def cycles_of(rows, name):
    return [rows.cycles(f"{name}, {count}") for count in COUNTS]


def growth(rows, name):
    cycles = cycles_of(rows, name)
    return cycles[-1] / cycles[0]


def cycles_table(groups, rows):
    lines = []
    for title, group in groups.items():
        lines.append([f"**{title}**"] + [""] * (len(COUNTS) + 1))
        lines += [[text, *map(str, cycles_of(rows, name)), f"{growth(rows, name):.1f}"]
                  for name, text in group.items()]
    return table(["environments", *map(str, COUNTS), "256 : 1"], lines)


def causes_table(groups, rows):
    titles = {name: text for group in groups.values() for name, text in group.items()
              if growth(rows, name) >= GROWS}
    stacks = [(name, count, rows.causes(f"{name}, {count}")) for name in titles
              for count in EXPLAINED_COUNTS]
    causes = [cause for cause in stacks[0][2] if any(stack[cause] >= 0.5 for _, _, stack in stacks)]
    lines = [[titles[name] if count == EXPLAINED_COUNTS[0] else "", str(count),
              str(rows.cycles(f"{name}, {count}")),
              str(rows.by_name[f"{name}, {count}"]["cycles"]["max"])]
             + [f"{stack[cause]:.0f}" if stack[cause] >= 0.5 else "" for cause in causes]
             for name, count, stack in stacks]
    return table(["", "environments", "median", "most"]
                 + [cause.replace("_", " ") for cause in causes], lines)


class Panel:
    """A group's curves: one line for each primitive, its name where it ends, or as near as the names
    allow. All panels have the same size and scales, both logarithmic."""
    WIDTH, HEIGHT = 480, 270
    LEFT, RIGHT, TOP, BOTTOM = 56, 150, 26, 24
    LEAST, MOST = 20, 100_000  # cycles
    BETWEEN_NAMES = 12

    def __init__(self, column, line):
        self.x, self.y = column * self.WIDTH, line * self.HEIGHT

    def x_of(self, index):
        return self.x + self.LEFT + index * (self.WIDTH - self.LEFT - self.RIGHT) / (len(COUNTS) - 1)

    def y_of(self, cycles):
        height = self.HEIGHT - self.TOP - self.BOTTOM
        part = math.log(cycles / self.LEAST) / math.log(self.MOST / self.LEAST)
        return self.y + self.HEIGHT - self.BOTTOM - part * height

    def frame(self, title):
        left, right = self.x_of(0), self.x_of(len(COUNTS) - 1)
        text = f'<text x="{left:.0f}" y="{self.y + 16}" font-weight="bold">{title}</text>\n'
        for cycles in (100, 1000, 10_000, 100_000):
            y = self.y_of(cycles)
            text += (f'<line x1="{left:.0f}" x2="{right:.0f}" y1="{y:.1f}" y2="{y:.1f}" '
                     f'stroke="#ddd"/><text x="{left - 6:.0f}" y="{y + 4:.1f}" text-anchor="end">'
                     f'{cycles}</text>\n')
        for index, count in enumerate(COUNTS):
            text += (f'<text x="{self.x_of(index):.1f}" y="{self.y + self.HEIGHT - 8}" '
                     f'text-anchor="middle">{count}</text>\n')
        return text

    def names(self, ends):
        """Names do not overlap and stay in the panel."""
        text = ""
        below = self.y + self.HEIGHT - self.BOTTOM + 4 + self.BETWEEN_NAMES
        places = []
        for y, name, colour in sorted(ends, reverse=True):
            below = min(y + 4, below - self.BETWEEN_NAMES)
            places.append((below, name, colour))
        for y, name, colour in places:
            text += (f'<text x="{self.x_of(len(COUNTS) - 1) + 6:.1f}" y="{y:.1f}" '
                     f'fill="{colour}">{name}</text>\n')
        return text

    def curves(self, rows, names):
        text, ends = "", []
        for index, name in enumerate(names):
            colour = COLOURS[index % len(COLOURS)]
            cycles = cycles_of(rows, name)
            points = " ".join(f"{self.x_of(i):.1f},{self.y_of(value):.1f}"
                              for i, value in enumerate(cycles))
            text += f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>\n'
            ends.append((self.y_of(cycles[-1]), name, colour))
        return text + self.names(ends)


def drawing(groups, rows):
    columns = 2
    lines = -(-len(groups) // columns)
    width, height = columns * Panel.WIDTH, lines * Panel.HEIGHT + 20
    text = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            'font-family="sans-serif" font-size="11">\n'
            f'<rect width="{width}" height="{height}" fill="white"/>\n')
    for index, (title, group) in enumerate(groups.items()):
        panel = Panel(index % columns, index // columns)
        text += panel.frame(title) + panel.curves(rows, list(group))
    return text + (f'<text x="{Panel.LEFT}" y="{height - 6}">environments; median cycles of an '
                   'operation (DECstation 5000/125)</text>\n</svg>\n')


def main():
    groups = rows_of_workload()
    results = run_all({machine: lambda machine=machine: run(WORKLOAD, machine, slice_us=SLICE_US)
                       for machine in MACHINES})
    for rows in results.values():
        must_be_all(groups, rows)
    text = "\n".join(f"**DECstation {title}**, cycles\n\n{cycles_table(groups, results[machine])}"
                     for machine, title in MACHINES.items())
    text += f"\n**DECstation {MACHINES[EXPLAINED]}**, mean cycles by cause, of what takes at least " \
            f"{GROWS} times as long with 256 environments\n\n" \
            + causes_table(groups, results[EXPLAINED])
    is_old = settle(DRAWING, drawing(groups, results[EXPLAINED]), ".ci/gen_scaling.py")
    return write_blocks({"scaling": text}, "gen_scaling.py") or is_old


if __name__ == "__main__":
    sys.exit(main())
