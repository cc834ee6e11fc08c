#!/usr/bin/env python3
"""Writes the headline into docs/results.md and README.md: by domain, what each operation costs.

usage: gen_headline.py [--check]

`<!-- generated: headline of WORKLOAD, ... -->` before a block: the table of those workloads of
bench/suites/aegis.yaml, from a run of them (build/gate.results keeps what has been run).
"""
import functools
import re
import subprocess
import sys

import generated

BLOCK = re.compile(r"(<!-- generated: headline of (?P<workloads>[\w, ]+) -->\n).*?(<!-- end generated -->)",
                   re.S)
BENCH = "build/bin/exosim-bench"
SUITE = "bench/suites/aegis.yaml"
RESULTS = "build/gate.results"
RUN = ["hello", "primitives", "kernel_calls", "protocols"]


def bench(*arguments):
    done = subprocess.run([BENCH, *arguments], cwd=generated.ROOT, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"gen_headline.py: {BENCH} {' '.join(arguments)}: status {done.returncode}\n"
                 f"{done.stdout}{done.stderr}")
    return done.stdout


@functools.lru_cache
def run():
    """Once, for all tables."""
    bench("run", SUITE, "-o", RESULTS, "--only", ", ".join(RUN))


def table(workloads):
    run()
    chosen = ["--workload", workloads.replace(" ", "")]
    return bench("report", RESULTS, "--table", "headline", "--format", "markdown", *chosen)


def main():
    outdated = 0
    for name in ("README.md", "docs/results.md"):
        path = generated.ROOT / name
        text = BLOCK.sub(lambda block: block[1] + table(block["workloads"]) + block[3],
                         path.read_text(encoding="utf-8"))
        outdated |= generated.settle(path, text, "./dev bless")
    return outdated


if __name__ == "__main__":
    sys.exit(main())
