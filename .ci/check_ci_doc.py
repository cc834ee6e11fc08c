#!/usr/bin/env python3
"""Follows docs/ci.md to the letter, in an empty folder that is a reader's own.

  check_ci_doc.py EXOSIM_BENCH

Its blocks are marked as those of README.md (check_recipes.py). EXOSIM is a folder that has what the
reader needs of this repository: build/bin and isa. Also reads the workflow as YAML.
"""
import os
import pathlib
import re
import sys
import tempfile

import yaml

from check_recipes import BLOCK, follow

DOCUMENT = "docs/ci.md"


def check_workflow(text):
    found = re.search(r"```yaml\n(name: .*?)```", text, re.S)
    workflow = yaml.safe_load(found[1]) if found else {}
    commands = [step.get("run", "") for step in workflow["jobs"]["gate"]["steps"]]
    if not any("exosim-bench check suite.yaml --github" in command for command in commands):
        sys.exit(f"{DOCUMENT}: the workflow does not run the gate")


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    text = (root / DOCUMENT).read_text(encoding="utf-8")
    check_workflow(text)
    blocks = list(BLOCK.finditer(text))
    if not any(block["prints"] for block in blocks):
        sys.exit(f"{DOCUMENT}: no recipe found")
    with tempfile.TemporaryDirectory() as folder:
        exosim, frames = pathlib.Path(folder) / "exosim", pathlib.Path(folder) / "frames"
        (exosim / "build").mkdir(parents=True)
        frames.mkdir()
        (exosim / "build" / "bin").symlink_to(pathlib.Path(sys.argv[1]).resolve().parent)
        (exosim / "isa").symlink_to(root / "isa")
        os.environ["EXOSIM"] = str(exosim)
        for block in blocks:
            if wrong := follow(block, frames):
                print(f"{DOCUMENT}, {block['body'].strip()}\n{wrong}")
                return 1
    print(f"recipes: {len(blocks)} blocks, all as {DOCUMENT} says")
    return 0


if __name__ == "__main__":
    sys.exit(main())
