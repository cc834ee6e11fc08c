#!/usr/bin/env python3
"""Follows the recipes of README.md to the letter, in a copy of the source tree.

  check_recipes.py EXOSIM

`<!-- recipe file: NAME -->` before a fenced block: the block is put into that file. `<!-- recipe:
prints TEXT -->` before one: its lines are run by bash from the tree's root, must end with status 0
and print TEXT. In the copy, ./dev is a short one: `./dev run [OPTIONS] build/guest/NAME.elf` builds
that image alone and runs EXOSIM, which is built already.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"<!-- recipe(?: file: (?P<file>\S+)|: prints (?P<prints>[^\n]*?)|) -->\n+"
                   r"```\w*\n(?P<body>.*?)^```$", re.S | re.M)
DEV = """#!/usr/bin/env bash
set -euo pipefail
[ "$1" = run ]
cmake -S . -B build/guest -G Ninja -DEXOSIM_GUEST=ON \\
  -DCMAKE_TOOLCHAIN_FILE="$PWD/isa/toolchain/r3000.cmake" >&2
cmake --build build/guest --target "$(basename "${@: -1}" .elf)" >&2
exec build/bin/exosim --max-cycles 100M "${@:2}"
"""
TIMEOUT_S = 300


def copy_tree(root, target, exosim):
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(".git", "build", "build-*"))
    (target / "dev").write_text(DEV, encoding="utf-8")
    (target / "build" / "bin").mkdir(parents=True)
    for program in ("exosim", "exosim-bench"):
        (target / "build" / "bin" / program).symlink_to(exosim.parent / program)
    (target / "build" / "guest").mkdir()
    for image in (exosim.parent.parent / "guest").glob("*.elf"):
        (target / "build" / "guest" / image.name).symlink_to(image)


def follow(block, tree):
    """Does what one block says. Returns what is wrong, or None."""
    if block["file"]:
        (tree / block["file"]).write_text(block["body"], encoding="utf-8")
        return None
    done = subprocess.run(["bash", "-e", "-c", block["body"]], cwd=tree, capture_output=True,
                          text=True, timeout=TIMEOUT_S, check=False)
    if done.returncode == 0 and (block["prints"] or "") in done.stdout:
        return None
    return (f"exit status {done.returncode}, expected 0 and \"{block['prints'] or ''}\" in:\n"
            f"{done.stdout}{done.stderr}")


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    blocks = list(BLOCK.finditer((root / "README.md").read_text(encoding="utf-8")))
    if not any(block["prints"] for block in blocks):
        sys.exit("README.md: no recipe found")
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder) / "exosim"
        copy_tree(root, tree, pathlib.Path(sys.argv[1]).resolve())
        for block in blocks:
            if wrong := follow(block, tree):
                print(f"README.md, {block['body'].strip()}\n{wrong}")
                return 1
    print(f"recipes: {len(blocks)} blocks, all as README.md says")
    return 0


if __name__ == "__main__":
    sys.exit(main())
