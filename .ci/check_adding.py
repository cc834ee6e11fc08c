#!/usr/bin/env python3
"""Every file and folder that docs/*.md and README.md name in backticks exists.

Names count that have a slash and begin with a folder of the repository. Exits 1 and lists those
that do not exist.
"""
import glob
import pathlib
import re
import sys

ROOTS = ("isa/", "sim/", "exokernel/", "libos/", "workloads/", "bench/", "configs/", "docs/", ".ci/")
NAME = re.compile(r"`((?:\.ci|[a-z]+)/[A-Za-z0-9_./-]*)`")
# The reader is to make these.
TO_BE_MADE = {"configs/name.yaml"}


def main():
    missing = 0
    documents = ["README.md"] + sorted(glob.glob("docs/**/*.md", recursive=True))
    for document in documents:
        for name in NAME.findall(pathlib.Path(document).read_text(encoding="utf-8")):
            if name.startswith(ROOTS) and name not in TO_BE_MADE and not pathlib.Path(name).exists():
                print(f"{document}: {name} does not exist")
                missing += 1
    print(f"named files: {len(documents)} documents, {missing} names without a file")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
