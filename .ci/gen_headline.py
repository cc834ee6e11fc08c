#!/usr/bin/env python3
"""Writes the headline into docs/results.md and README.md: by domain, what each operation costs.

usage: gen_headline.py [--check]

`<!-- generated: headline of WORKLOAD, ... -->` before a block: the table of those workloads of
bench/suites/aegis.yaml, from a run of them (build/gate.results keeps what has been run).
"""
import re
import subprocess
import sys

import generated

BLOCK = re.compile(r"(<!-- generated: headline of (?P<workloads>[\w, ]+) -->\n).*?(<!-- end generated -->)",
                   re.S)
BENCH = "build/bin/exosim-bench"
SUITE = "bench/suites/aegis.yaml"
RESULTS = "build/gate.results"
DOCUMENTS = ("README.md", "docs/results.md")


def bench(*arguments):
    done = subprocess.run([BENCH, *arguments], cwd=generated.ROOT, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"gen_headline.py: {BENCH} {' '.join(arguments)}: status {done.returncode}\n"
                 f"{done.stdout}{done.stderr}")
    return done.stdout


def table(workloads):
    chosen = ["--workload", workloads.replace(" ", "")]
    return bench("report", RESULTS, "--table", "headline", "--format", "markdown", *chosen)


def main():
    texts = {name: (generated.ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS}
    wanted = {}
    for name, text in texts.items():
        blocks = [block["workloads"] for block in BLOCK.finditer(text)]
        if not blocks:
            sys.exit(f"{name}: expected <!-- generated: headline of WORKLOAD, ... -->")
        wanted |= {workload: True for block in blocks for workload in block.split(", ")}
    bench("run", SUITE, "-o", RESULTS, "--only", ", ".join(wanted))
    outdated = 0
    for name, text in texts.items():
        text = BLOCK.sub(lambda block: block[1] + table(block["workloads"]) + block[3], text)
        outdated |= generated.settle(generated.ROOT / name, text, "./dev bless")
    return outdated


if __name__ == "__main__":
    sys.exit(main())
