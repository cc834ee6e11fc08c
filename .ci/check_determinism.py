#!/usr/bin/env python3
"""Two runs with all outputs on write equal bytes; no observer changes a cycle; what is charged to
domains and causes adds up to the clock.

  check_determinism.py EXOSIM GUEST_BUILD_FOLDER
"""
import json
import pathlib
import subprocess
import sys
import tempfile

OBSERVERS = [("--explain", "exos_yield"), ("--check", "all"), ("--stop-on", "all")]


def run(exosim, images, folder, *options):
    """Returns (standard output, the files written)."""
    folder.mkdir()
    command = [exosim, "--config", "configs/r3000.yaml", "--stats", str(folder / "stats.json"),
               *options, *images]
    done = subprocess.run(command, capture_output=True, check=False, cwd=pathlib.Path.cwd())
    if done.returncode != 0:
        sys.exit(f"exit status {done.returncode}: {done.stderr.decode()}")
    return done.stdout, {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def check_sums(stats):
    """Each cycle in one domain, with one cause; of operations as of the run."""
    cycles = stats["run"]["cycles"]
    sums = {"domains": (stats["domains"], cycles), "causes": (stats["causes"], cycles)}
    for row in stats["operations"]:
        if row["count"] != 0:
            sums[f"causes of {row['name']}"] = (row["causes"], row["cycles"]["total"])
    for what, (parts, total) in sums.items():
        if sum(parts.values()) != total:
            sys.exit(f"{what}: {parts} do not add up to {total}")


def main():
    exosim, guest = sys.argv[1], pathlib.Path(sys.argv[2])
    hello = str(guest / "hello.elf")
    with tempfile.TemporaryDirectory() as name:
        base = pathlib.Path(name)
        runs = []
        for label in ("first", "second"):
            folder = base / label
            runs.append(run(exosim, [hello, hello], folder, "--trace", str(folder / "trace.log"),
                            "--trace-to", "200k"))
        if runs[0] != runs[1]:
            sys.exit("two runs of the same inputs differ")
        plain = run(exosim, [hello, hello], base / "plain")
        if plain[1]["stats.json"] != runs[0][1]["stats.json"]:
            sys.exit("tracing changes the statistics")
        for observer in OBSERVERS:
            watched = run(exosim, [hello, hello], base / observer[0].strip("-"), *observer)
            if plain[1]["stats.json"] != watched[1]["stats.json"]:
                sys.exit(f"{observer[0]} changes the statistics")
        check_sums(json.loads(plain[1]["stats.json"]))
        other = run(exosim, [hello, hello], base / "other", "--set", "seed=2")
        if json.loads(other[1]["stats.json"])["run"]["exit_status"] != 0:
            sys.exit("the guest relies on the seed")
    sizes = {file: len(data) for file, data in runs[0][1].items()}
    print(f"equal bytes: standard output {len(runs[0][0])}, {sizes}")


if __name__ == "__main__":
    main()
