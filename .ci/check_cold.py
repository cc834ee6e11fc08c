#!/usr/bin/env python3
"""Cold operations, of whole programs: the guest does the same, in more cycles; all is recorded;
looking on changes no cycle, and both engines agree.

  check_cold.py EXOSIM GUEST_BUILD_FOLDER
"""
import json
import pathlib
import subprocess
import sys
import tempfile

# Handlers of misses: not all of these can begin cold (docs/stats.md).
HANDLERS = {"TLB refill"}


class Runs:
    def __init__(self, exosim, folder, *options):
        self.command = [exosim, "--quiet", "--config", "configs/r3000.yaml", "--max-cycles", "400M",
                        *options]
        self.folder = folder

    def run(self, image, *options):
        """Returns (the console's output, statistics)."""
        stats = self.folder / "stats.json"
        done = subprocess.run([*self.command, "--stats", str(stats), *options, str(image)],
                              capture_output=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{options}: exit status {done.returncode}: {done.stderr.decode()}")
        return done.stdout, json.loads(stats.read_bytes())


def operations(stats):
    return {row["name"]: row for row in stats["operations"]}


def expect(condition, what):
    if not condition:
        sys.exit(what)


def check_hello(runs, hello):
    """Every operation on request, all at once."""
    output, warm = runs.run(hello)
    names = ",".join(operations(warm))
    cold_output, cold = runs.run(hello, "--cold", names)
    expect(cold_output == output, "the console's output is another one")
    for name, row in operations(cold).items():
        before = operations(warm)[name]
        expect(before["cold"] == 0, f"{name}: cold without a request")
        if name in HANDLERS:
            expect(0 < row["cold"] <= row["count"], f"{name}: {row['cold']} of {row['count']} cold")
            continue
        expect(row["count"] >= before["count"], f"{name}: {row['count']} times")
        expect(row["cold"] == row["count"], f"{name}: {row['cold']} of {row['count']} cold")
        expect(row["cycles"]["min"] > before["cycles"]["min"], f"{name}: no slower")
    return cold["run"]["cycles"] / warm["run"]["cycles"]


def check_test(runs, image, folder):
    """Operations that ask for it themselves."""
    output, plain = runs.run(image)
    for name in ("cold walk", "cold leaf"):
        row = operations(plain)[name]
        expect(row["cold"] == row["count"] == 20, f"{name}: {row}")
    traced = runs.run(image, "--trace", str(folder / "trace.log"), "--trace-to", "100k")
    expect(traced == (output, plain), "tracing changes the statistics")
    other_output, other = runs.run(image, "--set", "timing.engine=pipeline")
    del plain["config_digest"], other["config_digest"]
    expect((other_output, other) == (output, plain), "the engines differ")


def check_commas(runs, image):
    """Names that have commas themselves, one of two beginning alike."""
    _, stats = runs.run(image, "--cold", "timer,stores, one page,bytes, held")
    cold = {name for name, row in operations(stats).items() if row["cold"] == row["count"] != 0}
    expect(cold == {"timer", "stores, one page", "bytes, held"}, f"cold: {sorted(cold)}")


def main():
    guest = pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        runs = Runs(sys.argv[1], pathlib.Path(name), "--kernel", str(guest / "aegis.elf"))
        ratio = check_hello(runs, guest / "hello.elf")
        check_test(runs, guest / "tests" / "libos_cold_operation.elf", pathlib.Path(name))
        check_commas(Runs(sys.argv[1], pathlib.Path(name)), guest / "machine" / "machine_units.elf")
    print(f"cold operations: the same output, {ratio:.1f} times the cycles")


if __name__ == "__main__":
    main()
