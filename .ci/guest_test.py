#!/usr/bin/env python3
"""Runs one test of the kernel or the library OS as its source file says.

  guest_test.py EXOSIM GUEST_BUILD_FOLDER SOURCE

Lines in the head of LAYER/tests/NAME.cpp, each optional:
  // run: IMAGE...     images of GUEST_BUILD_FOLDER/tests, without .elf (default: LAYER_NAME);
                       {IMAGE}*N stands for N of them
  // options: ...      further options for exosim; repeated: one run for each; {source} stands for
                       the path of the source, {saved} for that of a file to be written
  // cycles: N         that the run may take (default: 400M)
  // status: N         exit status (default: 0)
  // output: REGEX     must match somewhere in the console's output; repeated: in this order
  // saved: REGEX      the same for the file {saved}
  // latency: N        cycles that any interrupt may wait, however its wait ends (default:
                       LATENCY for those that end with its exception)

The statistics of each run go to guest-stats in the simulator's build folder, for
.ci/gen_interrupt_latency.py.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys

FIELD = re.compile(r"^// (run|options|cycles|status|output|saved|latency):(.*)$", re.MULTILINE)
SWALLOWED = re.compile(r"^// .* (options|cycles|status|output|saved|latency): .*$", re.MULTILINE)
MAX_CYCLES = "400M"
LATENCY = 130_000  # docs/exokernel.md, "Time with interrupts off"
REPEATED = re.compile(r"\{(\w+)\}\*(\d+)")
CONFIG = pathlib.Path(__file__).resolve().parent.parent / "configs" / "r3000.yaml"


def read_fields(source):
    fields = {"run": [], "options": [], "cycles": [], "status": [], "output": [],
              "saved": [], "latency": []}
    text = source.read_text(encoding="utf-8")
    swallowed = SWALLOWED.search(text)
    if swallowed:
        sys.exit(f"{source}: needs a line of its own: {swallowed[1]} in {swallowed[0]}")
    for name, value in FIELD.findall(text):
        fields[name].append(value.strip())
    layer = source.resolve().parent.parent.name
    run = (fields["run"] or [f"{layer}_{source.stem}"])[0]
    images = REPEATED.sub(lambda found: f"{found[1]} " * int(found[2]), run).split()
    return (images, fields["options"] or [""], (fields["cycles"] or [MAX_CYCLES])[0],
            int((fields["status"] or ["0"])[0]), fields["output"], fields["saved"],
            int((fields["latency"] or ["0"])[0]))


def stats_folder(exosim):
    return pathlib.Path(exosim).resolve().parent.parent / "guest-stats"


def stats_name(source, number):
    """The file with the statistics of a test's run; the first is number 0."""
    return f"{source.resolve().parent.parent.name}_{source.stem}.{number}.json"


def mismatch(text, patterns, what):
    """Which pattern is not in the text, in their order; None if all are."""
    at = 0
    for pattern in patterns:
        found = re.compile(pattern).search(text, at)
        if not found:
            return f"no {what} that matches: {pattern}"
        at = found.end()
    return None


def fault(run, status, patterns):
    """What is not as it should be with a finished run, or None."""
    if run.returncode != status:
        return f"exit status {run.returncode}, expected {status}"
    return mismatch(run.stdout, patterns, "output")


def long_wait(stats, latency):
    """What is wrong with how long interrupts have waited in a run, or None."""
    waits = json.loads(stats.read_text(encoding="utf-8"))["interrupt_latency"]
    found = [waits["longest"], waits["longest_unserved"] if latency else None]
    longest = max((wait["cycles"] for wait in found if wait), default=0)
    most = latency or LATENCY
    return f"an interrupt has waited for {longest} cycles" if longest > most else None


def main():
    exosim, guest, source = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    images, options, cycles, status, patterns, saved, latency = read_fields(source)
    command = [exosim, "--quiet", "--config", str(CONFIG), "--kernel", str(guest / "aegis.elf"),
               "--max-cycles", cycles]
    paths = [str(guest / "tests" / f"{image}.elf") for image in images]
    stats = stats_folder(exosim)
    stats.mkdir(exist_ok=True)
    for number, option in enumerate(options):
        kept = stats / stats_name(source, number)
        kept_disk = kept.with_suffix(".saved")
        words = [word.replace("{source}", str(source.resolve())).replace("{saved}", str(kept_disk))
                 for word in shlex.split(option)]
        run = subprocess.run(command + ["--stats", str(kept)] + words + paths,
                             stdout=subprocess.PIPE, encoding="utf-8", errors="replace",
                             check=False)
        print(run.stdout, end="", flush=True)
        wrong = fault(run, status, patterns)
        if not wrong and saved:
            wrong = mismatch(kept_disk.read_text(encoding="latin-1"), saved, "content of the disk")
        wrong = wrong or long_wait(kept, latency)
        if wrong:
            print(f"\n{source} {option}: {wrong}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
