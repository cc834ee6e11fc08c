#!/usr/bin/env python3
"""Writes "How fast the simulator is" of docs/results.md: on this host, from its own benchmarks.

usage: gen_results.py BUILD   (BUILD/bin/*_bench are run; ten repetitions, medians are kept)
Host figures differ from machine to machine, so this part is written by `./dev bench` and is never
compared.
"""
import glob
import json
import pathlib
import platform
import re
import subprocess
import sys

BLOCK = re.compile(r"(<!-- generated: speed -->\n).*?(<!-- end generated -->)", re.S)
HEAD = """Medians of {repetitions} repetitions, release build, {cpus} processors at {mhz} MHz ({machine}). Absolute figures belong to that host; compare ratios.
The third column is the time of an instruction against that of the same benchmark's `ideal`: what the
cycles of the timing engine cost. The last is the time of a run with the figures of the report against
that of the same run with `--quiet`: what the ledger costs, at most 1.3. Repetitions of all
benchmarks are interleaved at random, so that what else the host does falls on all of them.

| benchmark | guest instructions per second | time, ideal = 1 | time, without figures = 1 |
|---|---:|---:|---:|
"""
IDEAL = "/ideal"
FIGURES = "_figures"
REPETITIONS = 10


def run(program):
    text = subprocess.run(
        [program, "--benchmark_format=json", f"--benchmark_repetitions={REPETITIONS}",
         "--benchmark_report_aggregates_only=true", "--benchmark_enable_random_interleaving=true"],
        capture_output=True, text=True, check=True).stdout
    return json.loads(text)


def row(name, rates):
    """A line of the table; ratios where the benchmark has an ideal variant, or one without figures."""
    ideal = rates.get(name.split("/")[0] + IDEAL) if "/" in name else None
    plain = rates.get(name.removesuffix(FIGURES)) if name.endswith(FIGURES) else None
    ratios = [f"{rate / rates[name]:.2f}" if rate else "" for rate in (ideal, plain)]
    return f"| {name} | {rates[name] / 1e6:.1f} million | {' | '.join(ratios)} |\n"


def main():
    rates, context = {}, {}
    for program in sorted(glob.glob(f"{sys.argv[1]}/bin/*_bench")):
        report = run(program)
        context = report["context"]
        for entry in report["benchmarks"]:
            if entry.get("aggregate_name") == "median" and "items_per_second" in entry:
                rates[entry["run_name"]] = entry["items_per_second"]
    rows = [row(name, rates) for name in sorted(rates)]
    head = HEAD.format(repetitions=REPETITIONS, cpus=context["num_cpus"],
                       mhz=context["mhz_per_cpu"], machine=platform.machine())
    path = pathlib.Path("docs/results.md")
    text = path.read_text(encoding="utf-8")
    if not BLOCK.search(text):
        sys.exit(f"{path}: expected <!-- generated: speed -->")
    path.write_text(BLOCK.sub(lambda block: block[1] + head + "".join(rows) + block[2], text),
                    encoding="utf-8")
    print(head + "".join(rows), end="")


if __name__ == "__main__":
    main()
