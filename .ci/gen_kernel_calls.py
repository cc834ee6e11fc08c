#!/usr/bin/env python3
"""Fills the table of what each kernel call costs in docs/exokernel.md, from runs of
build/guest/kernel_calls.elf: warm, and cold with --cold for each operation; and where the cycles of
the cold ones go.

  gen_kernel_calls.py [--check]

A row is an operation of that workload; its name begins with the call's. Exits 1 and says which are
missing if a call of exokernel/abi/syscalls.def has no row and workloads/kernel_calls/workload.yaml
gives no reason, or gives one without need. With --check nothing is written; exits 1 if the document
is out of date.
"""
import re
import sys

import yaml

from measured_runs import MACHINES, ROOT, run, run_all, table, write_blocks

CALL = re.compile(r"^EXO_SYSCALL\(\d+, (\w+),", re.M)
WORKLOAD = "kernel_calls"
SLICE_US = 1_000_000  # longer than any round of the workload


def call_of(operation):
    return operation.split(":")[0]


def faults(calls, measured, reasons):
    """What is wrong with the rows, in words."""
    for call in calls:
        if call not in measured and call not in reasons:
            yield f"{call} is not measured: it needs a MEASURE in workloads/{WORKLOAD}"
    for call in reasons:
        if call not in calls:
            yield f"{call} is said not to be measured, and there is no such call"
        elif call in measured:
            yield f"{call} is said not to be measured, and is"
    for call in sorted(measured - set(calls)):
        yield f"{call} is measured, and there is no such call"


def title(operation):
    call, _, case = operation.partition(": ")
    return f"`{call}`" + (f": {case}" if case else "")


def cell(rows, operation):
    cycles = rows.cycles(operation)
    return f"{cycles} ({rows.microseconds(cycles):.2f})"


def calls_table(operations, results):
    titles = ["call", "instructions"]
    for name in MACHINES.values():
        titles += [f"{name} warm", "cold"]
    lines = []
    for operation in operations:
        cells = [title(operation), str(results["dec5000-125", False].instructions(operation))]
        for machine in MACHINES:
            cells += [cell(results[machine, is_cold], operation) for is_cold in (False, True)]
        lines.append(cells)
    return table(titles, lines)


def causes_table(name, operations, rows):
    """Where the cycles of cold calls go on one machine."""
    stacks = {operation: rows.causes(operation) for operation in operations}
    causes = [cause for cause in stacks[operations[0]]
              if any(stack[cause] >= 0.5 for stack in stacks.values())]
    lines = [[title(operation), str(rows.cycles(operation))]
             + [f"{stack[cause]:.0f}" if stack[cause] >= 0.5 else "" for cause in causes]
             for operation, stack in stacks.items()]
    titles = [f"cold, {name}", "median"] + [cause.replace("_", " ") for cause in causes]
    return table(titles, lines)


def main():
    calls = CALL.findall((ROOT / "exokernel" / "abi" / "syscalls.def").read_text("utf-8"))
    about = yaml.safe_load((ROOT / "workloads" / WORKLOAD / "workload.yaml").read_text("utf-8"))
    reasons = about["not_measured"] or {}
    warm = run_all({machine: lambda machine=machine: run(WORKLOAD, machine, slice_us=SLICE_US)
                    for machine in MACHINES})
    names = list(warm["dec5000-125"].by_name)
    wrong = list(faults(calls, {call_of(name) for name in names}, reasons))
    if wrong:
        print("\n".join(wrong))
        return 1
    cold = run_all({machine: lambda machine=machine: run(WORKLOAD, machine, names, SLICE_US)
                    for machine in MACHINES})
    results = {(machine, is_cold): runs[machine] for is_cold, runs in ((False, warm), (True, cold))
               for machine in MACHINES}
    names.sort(key=lambda name: (calls.index(call_of(name)), name))
    text = calls_table(names, results) + "\nMean cycles of a cold call by cause:\n"
    for machine, name in MACHINES.items():
        text += "\n" + causes_table(name, names, results[machine, True])
    for call, reason in reasons.items():
        text += f"\nNot measured: `{call}`: {reason}.\n"
    return write_blocks({"kernel calls": text}, "gen_kernel_calls.py")


if __name__ == "__main__":
    sys.exit(main())
