#!/usr/bin/env python3
"""Runs one test of the kernel or the library OS as its source file says.

  guest_test.py EXOSIM GUEST_BUILD_FOLDER SOURCE

Lines in the head of LAYER/tests/NAME.cpp, each optional:
  // run: IMAGE...     images of GUEST_BUILD_FOLDER/tests, without .elf (default: LAYER_NAME)
  // options: ...      further options for exosim
  // status: N         exit status (default: 0)
  // output: REGEX     must match somewhere in the console's output; may be repeated, in this order
"""
import pathlib
import re
import subprocess
import sys

FIELD = re.compile(r"^// (run|options|status|output): (.*)$", re.MULTILINE)
MAX_CYCLES = "400M"
CONFIG = pathlib.Path(__file__).resolve().parent.parent / "configs" / "r3000.yaml"


def main():
    exosim, guest, source = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    layer = source.resolve().parent.parent.name
    fields = {"run": [f"{layer}_{source.stem}"], "options": [""], "status": ["0"], "output": []}
    for name, value in FIELD.findall(source.read_text(encoding="utf-8")):
        fields[name] = fields[name] + [value] if name == "output" else [value]
    images = [str(guest / "tests" / f"{image}.elf") for image in fields["run"][-1].split()]
    run = subprocess.run(
        [exosim, "--quiet", "--config", str(CONFIG), "--kernel", str(guest / "aegis.elf"),
         "--max-cycles", MAX_CYCLES, *fields["options"][-1].split(), *images],
        capture_output=True, check=False)
    output = run.stdout.decode("utf-8", "replace")
    print(output, run.stderr.decode("utf-8", "replace"), sep="", end="")
    if run.returncode != int(fields["status"][-1]):
        print(f"\n{source}: exit status {run.returncode}, expected {fields['status'][-1]}")
        return 1
    at = 0
    for pattern in fields["output"]:
        found = re.compile(pattern).search(output, at)
        if not found:
            print(f"\n{source}: no output that matches: {pattern}")
            return 1
        at = found.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
