#!/usr/bin/env python3
"""A kernel without markers and a file of annotations give the figures of the kernel with markers.

  check_annotations.py EXOSIM GUEST_BUILD_FOLDER

Writes annotations from the markers of aegis.elf: functions by name, all else as SYMBOL+OFFSET. Runs
unmarked/aegis.elf with them and aegis.elf as it is: the whole JSON of --stats must be the same. Then
the example of docs/annotations.md: its domains must have the cycles that the markers give them.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from check_domains import ROOT, functions, markers

(OP_BEGIN, OP_END, FUNCTION, RANGE_BEGIN, RANGE_END, OP_BEGIN_COLD, PASSAGE_BEGIN, PASSAGE_END,
 OWNER) = range(1, 10)


class Names:
    """Unambiguous names for places of an image."""

    def __init__(self, image):
        self.symbols = functions(image)
        count = collections.Counter(name for _, _, name in self.symbols)
        self.unique = {begin: name for begin, _, name in self.symbols if count[name] == 1}
        table = subprocess.run(["mipsel-linux-gnu-nm", image], capture_output=True, text=True,
                               check=True).stdout
        self.objects = {int(line.split()[0], 16) & 0xffffffff: line.split()[2]
                        for line in table.splitlines() if len(line.split()) == 3}

    def place(self, address):
        base = max(each for each in self.unique if each <= address)
        return f"{self.unique[base]}+{address - base}"


def domain_rules(image, names):
    """Ranges first, the inner ones before the outer ones; then functions."""
    ranges, whole, is_open = [], {}, []
    for address, kind, name in markers(image):
        if kind == RANGE_BEGIN:
            is_open.append((address, name))
        elif kind == RANGE_END:
            begin, name = is_open.pop()
            if begin < address:
                ranges.append({"domain": name, "begin": names.place(begin), "end": names.place(address)})
        elif kind == FUNCTION:
            begin, end, _ = max(each for each in names.symbols if each[0] <= address < each[1])
            whole[begin] = ({"domain": name, "functions": [names.unique[begin]]}
                            if begin in names.unique else
                            {"domain": name, "begin": names.place(begin), "end": names.place(end)})
    return ranges + list(whole.values())


def annotations(image):
    names = Names(image)
    operations = {}
    owner = None
    for address, kind, name in markers(image):
        if kind in (OP_BEGIN, OP_END, PASSAGE_BEGIN, PASSAGE_END):
            rule = operations.setdefault(name, {"begin": [], "end": [], "passage": False})
            rule["begin" if kind in (OP_BEGIN, PASSAGE_BEGIN) else "end"].append(names.place(address))
            rule["passage"] |= kind in (PASSAGE_BEGIN, PASSAGE_END)
        elif kind == OWNER:
            kind_name, divisor = name.rsplit("/", 1)
            owner = {"word": names.objects[address], "name": kind_name, "divisor": int(divisor)}
    return {"images": {image.name: {"domains": domain_rules(image, names), "operations": operations,
                                    "owner": owner}}}


def run(exosim, folder, kernel, *options):
    stats = folder / "stats.json"
    subprocess.run([exosim, "--quiet", "--config", ROOT / "configs" / "r3000.yaml", "--kernel", kernel,
                    "--stats", stats, *options], stdout=subprocess.DEVNULL, check=True)
    return json.loads(stats.read_text())


def first_difference(marked, annotated):
    for member in marked:
        if marked[member] != annotated.get(member):
            return f"{member}: {marked[member]}\nwith annotations: {annotated.get(member)}"
    return None


def example(text):
    """The file that docs/annotations.md shows."""
    return re.search(r"```yaml\n(# aegis\.yaml.*?)```", text, re.S)[1]


def main():
    exosim, guest = sys.argv[1], pathlib.Path(sys.argv[2])
    kernel, twin, hello = guest / "aegis.elf", guest / "unmarked" / "aegis.elf", guest / "hello.elf"
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        written = annotations(kernel)
        (folder / "whole.yaml").write_text(json.dumps(written, indent=1))  # JSON is YAML
        marked = run(exosim, folder, kernel, hello, hello)
        annotated = run(exosim, folder, twin, "--annotations", folder / "whole.yaml", hello, hello)
        bare = run(exosim, folder, twin, hello, hello)
        if difference := first_difference(marked, annotated):
            print(f"markers: {difference}")
            wrong += 1
        if bare["domains"] == marked["domains"]:
            print("without annotations the domains are the same: nothing has been tested")
            wrong += 1
        text = (ROOT / "docs" / "annotations.md").read_text(encoding="utf-8")
        (folder / "aegis.yaml").write_text(example(text))
        shown = run(exosim, folder, twin, "--annotations", folder / "aegis.yaml", hello, hello)
        if shown["domains"] != marked["domains"]:
            print(f"the example of docs/annotations.md: {shown['domains']}")
            wrong += 1
    rules = written["images"]["aegis.elf"]
    print(f"annotations: {len(rules['domains'])} rules, {len(rules['operations'])} operations, "
          f"{wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
