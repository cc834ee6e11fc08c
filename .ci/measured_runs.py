"""Runs of workloads for the tables of docs/exokernel.md, and the blocks they are written to."""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

from generated import settle

ROOT = pathlib.Path(__file__).resolve().parent.parent
GUEST = ROOT / "build" / "guest"
DOCUMENT = ROOT / "docs" / "exokernel.md"
# Of the titles of columns.
MACHINES = {"dec5000-125": "5000/125", "dec3100": "3100", "dec2100": "2100"}


class Rows:
    """The operations of a run's program by name, and the machine's clock."""

    def __init__(self, stats, image):
        self.hertz = stats["run"]["clock_hz"]
        self.by_name = {row["name"]: row for row in stats["operations"]
                        if row["image"] == image and row["count"] != 0}

    def cycles(self, name):
        return self.by_name[name]["cycles"]["median"]

    def instructions(self, name):
        return self.by_name[name]["instructions"]["median"]

    def microseconds(self, cycles):
        return cycles * 1e6 / self.hertz

    def causes(self, name):
        """Mean cycles of one operation, by cause."""
        row = self.by_name[name]
        return {cause: cycles / row["count"] for cause, cycles in row["causes"].items()}


def run(workload, machine, cold=(), slice_us=None, stats_options=()):
    """One run on one of MACHINES; `cold` are the names of operations that begin cold."""
    options = [f"--cold={name}" for name in cold]
    if slice_us is not None:
        options += ["--set", f"arguments=slice={slice_us}"]
    image = f"{workload}.elf"
    done = subprocess.run(
        [ROOT / "build" / "bin" / "exosim", "--quiet", "--log-level", "error", "--config",
         ROOT / "configs" / f"{machine}.yaml", "--max-cycles", "2G", *options, *stats_options,
         "--kernel", GUEST / "aegis.elf", "--stats", "/dev/stderr", GUEST / image],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(f"{image} on {machine}: exit status {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()[:400]}")
    rows = Rows(json.loads(done.stderr), image)
    not_cold = [name for name in cold
                if rows.by_name[name]["cold"] != rows.by_name[name]["count"]]
    if not_cold:
        sys.exit(f"{image} on {machine}: not always cold: {', '.join(not_cold)}")
    return rows


def run_all(jobs):
    """Runs each of {key: function} and returns {key: its result}."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        futures = {key: pool.submit(job) for key, job in jobs.items()}
        return {key: future.result() for key, future in futures.items()}


def table(titles, rows):
    """A table: the first column is text, the others are numbers."""
    lines = ["| " + " | ".join(titles) + " |", "|---|" + "---:|" * (len(titles) - 1)]
    lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join(lines) + "\n"


def write_blocks(blocks, generator):
    """Puts each of {name: text} between `<!-- generated: NAME -->` and the end. With --check the
    document stays as it is. The exit status: 1 if it was out of date then, or lacks a block."""
    after = DOCUMENT.read_text(encoding="utf-8")
    for name, text in blocks.items():
        block = re.compile(rf"(<!-- generated: {re.escape(name)} -->\n).*?(<!-- end generated -->)",
                           re.S)
        if not block.search(after):
            sys.exit(f"{DOCUMENT.relative_to(ROOT)}: no block '{name}'")
        after = block.sub(lambda found, text=text: f"{found[1]}\n{text}\n{found[2]}", after)
    return settle(DOCUMENT, after, f".ci/{generator}")
