#!/usr/bin/env python3
"""Every test and every key that docs/timing.md names exists, and each cause of a stall is explained.

Tests are named in backticks as `Suite.Name`, keys in full (`memory.read.first`), causes as the
headings of their sections. Exits 1 and lists what is wrong.
"""
import json
import pathlib
import re
import sys

import gen_conformance

DOCUMENT = pathlib.Path("docs/timing.md")
TEST = re.compile(r"`([A-Z]\w+\.[A-Z]\w+)`")
CAUSE = re.compile(r"^### `(\w+)`", re.M)
NAMES = re.compile(r"kStallCauseNames = \{(.*?)\}", re.S)


def key_names(schema, prefix=""):
    for name, row in schema.get("properties", {}).items():
        yield prefix + name
        yield from key_names(row, f"{prefix}{name}.")


def main():
    text = DOCUMENT.read_text(encoding="utf-8")
    tests = {name.split(".", 1)[1] for name, _ in gen_conformance.host_tests()}
    wrong = [f"no test {name}" for name in TEST.findall(text) if name not in tests]
    schema = json.loads(pathlib.Path("configs/exosim.schema.json").read_text(encoding="utf-8"))
    keys = set(key_names(schema))
    roots = "|".join(key for key in keys if "." not in key)
    named = re.findall(rf"`((?:{roots})\.[a-z_.]+)`", text)
    wrong += [f"no key {name}" for name in named if name not in keys]
    header = pathlib.Path("sim/time/step_cost.hpp").read_text(encoding="utf-8")
    causes = re.findall(r'"(\w+)"', NAMES.search(header)[1])
    wrong += [f"no section for {cause}" for cause in causes if cause not in CAUSE.findall(text)]
    for line in wrong:
        print(f"{DOCUMENT}: {line}")
    print(f"timing: {len(TEST.findall(text))} tests, {len(named)} keys, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
