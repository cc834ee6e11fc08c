#!/usr/bin/env python3
"""Fills the tables of revocation, broken bindings, adjudication, lives of environments and overrun
slices in docs/exokernel.md, from runs of build/guest/protocols.elf, warm and cold.

  gen_protocols.py [--check]

workloads/protocols/rows.yaml has their rows, bench/suites/aegis.yaml which operations are also
measured cold. With --check nothing is written; exits 1 if the
document is out of date.
"""
import sys

import yaml

from measured_runs import MACHINES, ROOT, run, run_all, table, write_blocks

WORKLOAD = "protocols"
SLICE_US = 1_000_000  # longer than any round of the workload
EXPLAINED = "dec5000-125"  # the machine of the stacks of causes


class Row:
    def __init__(self, entry, cold):
        self.title, self.operation = entry["title"], entry["of"]
        self.less, self.per = entry.get("less"), entry.get("per", 1)
        self.is_cold = self.operation in cold and not self.less
        self.has_causes = entry.get("causes", False)

    def of(self, get):
        """The row's figure; `get` has those of operations."""
        whole = get(self.operation) - (get(self.less) if self.less else 0)
        return round(whole / self.per)

    def cells(self, results):
        cells = [self.title, str(self.of(results[EXPLAINED, False].instructions))]
        for machine in MACHINES:
            for is_cold in (False, True):
                rows = results[machine, is_cold]
                if is_cold and not self.is_cold:
                    cells.append("")
                    continue
                cycles = self.of(rows.cycles)
                cells.append(f"{cycles} ({rows.microseconds(cycles):.1f})")
        return cells


def times(rows, results):
    titles = ["", "instructions"]
    for name in MACHINES.values():
        titles += [f"{name} warm", "cold"]
    return table(titles, [row.cells(results) for row in rows])


def causes(rows, results):
    """The stacks of the rows that want one, on one machine: mean cycles by cause."""
    wanted = [row for row in rows if row.has_causes]
    stacks = [(row, is_cold, results[EXPLAINED, is_cold].causes(row.operation))
              for row in wanted for is_cold in (False, True) if row.is_cold or not is_cold]
    if not stacks:
        return ""
    names = [name for name in stacks[0][2] if any(stack[name] >= 0.5 for _, _, stack in stacks)]
    lines = [[f"{'' if is_cold else row.title}", "cold" if is_cold else "warm"]
             + [f"{stack[name]:.0f}" if stack[name] >= 0.5 else "" for name in names]
             for row, is_cold, stack in stacks]
    titles = ["mean cycles by cause, 5000/125", ""] + [name.replace("_", " ") for name in names]
    return "\n" + table(titles, lines)


def cold_operations():
    suite = yaml.safe_load((ROOT / "bench" / "suites" / "aegis.yaml").read_text(encoding="utf-8"))
    return next(each["cold"] for each in suite["workloads"] if each["name"] == WORKLOAD)


def main():
    cold = cold_operations()
    text = (ROOT / "workloads" / WORKLOAD / "rows.yaml").read_text(encoding="utf-8")
    tables = {name: [Row(entry, cold) for entry in entries]
              for name, entries in yaml.safe_load(text)["tables"].items()}
    results = run_all({(machine, is_cold): lambda machine=machine, is_cold=is_cold:
                       run(WORKLOAD, machine, cold if is_cold else (), SLICE_US)
                       for machine in MACHINES for is_cold in (False, True)})
    blocks = {name: times(rows, results) + causes(rows, results) for name, rows in tables.items()}
    return write_blocks(blocks, "gen_protocols.py")


if __name__ == "__main__":
    sys.exit(main())
