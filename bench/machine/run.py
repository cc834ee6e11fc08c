#!/usr/bin/env python3
"""Writes docs/machine-checks.md: the machines' own benchmarks beside published figures.

usage: run.py [--check] [--exosim PROGRAM] [--guest FOLDER]
With --check nothing is written; exits 1 if the document is out of date. Always exits 1 if a path
has not the stated number of instructions or memory costs other than the configuration says.
"""
import argparse
import concurrent.futures
import difflib
import json
import pathlib
import subprocess
import sys

import memory
import sections
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "machine-checks.md"
PUBLISHED = pathlib.Path(__file__).with_name("published.yaml")
MAX_CYCLES = "400M"


def output(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


class Runs:
    """Results by (image, machine): the clock in Hz, and the rows of operations by name. A machine
    is the name of a configuration, and options that change it may follow."""

    def __init__(self, exosim, guest):
        self.exosim, self.guest, self.results = exosim, guest, {}

    def config_file(self, machine):
        return str(ROOT / "configs" / f"{machine}.yaml")

    def run(self, what):
        image, machine = what
        name, *changes = machine.split()
        text = output([self.exosim, "--quiet", "--config", self.config_file(name), *changes,
                       "--max-cycles", MAX_CYCLES, "--stats", "-",
                       str(self.guest / f"machine_{image}.elf")])
        stats = json.loads(text)
        rows = {row["name"]: row for row in stats["operations"]}
        return what, (stats["run"]["clock_hz"], rows)

    def run_all(self, wanted):
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            self.results = dict(pool.map(self.run, wanted))

    def config(self, machine):
        return yaml.safe_load(
            output([self.exosim, "--config", self.config_file(machine), "--print-config"]))


def wanted_runs(published):
    """The long ones first."""
    runs = [("matmul", machine) for machine in sections.matmul_machines(published["matmul"])]
    runs += [("memory", machine) for machine in memory.MACHINES]
    runs += [("anderson", machine) for machine in sections.anderson_machines(published["anderson"])]
    return runs + [("null_call", machine) for machine in published["null_call"]["microseconds"]]


def document(runs, published):
    """The text, and the list of what is not as it must be."""
    configs = {machine: runs.config(machine) for machine in memory.MACHINES}
    memory_lines, faults = memory.section(runs.results, configs)
    anderson_lines, miscounted = sections.anderson(runs.results, published["anderson"])
    lines = [sections.HEAD, *sections.null_call(runs.results, published["null_call"]),
             *memory_lines, *anderson_lines,
             *sections.matmul(runs.results, published["matmul"]), sections.TAIL]
    return "\n".join(lines) + "\n", faults + miscounted


def write_or_compare(text, check):
    before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    if text == before:
        return 0
    if not check:
        DOCUMENT.write_text(text, encoding="utf-8")
        print(f"docs/{DOCUMENT.name}: written")
        return 0
    sys.stdout.writelines(difflib.unified_diff(
        before.splitlines(True), text.splitlines(True), f"docs/{DOCUMENT.name}", "generated"))
    print(f"docs/{DOCUMENT.name}: out of date; run ./dev bless")
    return 1


def main():
    parser = argparse.ArgumentParser(description="writes docs/machine-checks.md")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    parser.add_argument("--exosim", default=str(ROOT / "build" / "bin" / "exosim"))
    parser.add_argument("--guest", default=str(ROOT / "build" / "guest" / "machine"))
    options = parser.parse_args()
    published = yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))
    runs = Runs(options.exosim, pathlib.Path(options.guest))
    runs.run_all(wanted_runs(published))
    text, faults = document(runs, published)
    print("".join(f"{fault}\n" for fault in faults), end="")
    return 1 if write_or_compare(text, options.check) or faults else 0


if __name__ == "__main__":
    sys.exit(main())
