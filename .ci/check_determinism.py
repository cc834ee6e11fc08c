#!/usr/bin/env python3
"""The same command writes equal bytes whenever and wherever it runs: again, on one core, beside
copies of itself and busy processes; and with the other engine. No observer changes a cycle; what
is charged to domains and causes adds up to the clock.

  check_determinism.py EXOSIM GUEST_BUILD_FOLDER
"""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ENGINES = ("r3000", "pipeline")
OBSERVERS = [("--explain", "exos_yield"), ("--check", "all"), ("--stop-on", "all"),
             ("--callgrind", "/dev/null"), ("--timeline", "/dev/null"),
             ("--folded", "/dev/null"), ("--profile", "/dev/null")]
COPIES = 3  # that run at once, beside a busy process for each core and one more


def one_core():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def start(exosim, images, folder, *options, **how):
    """A run with standard output and the files in the folder."""
    folder.mkdir()
    command = [exosim, "--config", "configs/r3000.yaml", "--stats", str(folder / "stats.json"),
               *options, *images]
    with open(folder / "stdout", "wb") as out:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out,
                                stderr=subprocess.PIPE, **how)


def finish(process, folder):
    """Returns what it wrote: name and bytes."""
    _, errors = process.communicate()
    if process.returncode != 0:
        sys.exit(f"{' '.join(process.args)}: exit status {process.returncode}: {errors.decode()}")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def run(exosim, images, folder, *options, **how):
    return finish(start(exosim, images, folder, *options, **how), folder)


@contextlib.contextmanager
def busy_processes():
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"])
             for _ in range((os.cpu_count() or 1) + 1)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def traced(folder, engine):
    return ("--set", f"timing.engine={engine}", "--trace", str(folder / "trace.log"),
            "--trace-to", "200k", "--callgrind", str(folder / "callgrind.out"),
            "--timeline", str(folder / "timeline.json"), "--folded", str(folder / "folded"),
            "--profile", str(folder / "profile.json"))


def under_load(exosim, images, base, engine):
    """The files of each of several copies that ran at once."""
    folders = [base / f"copy{copy}" for copy in range(COPIES)]
    with busy_processes():
        copies = [start(exosim, images, folder, *traced(folder, engine)) for folder in folders]
        return [finish(copy, folder) for copy, folder in zip(copies, folders)]


def same(what, expected, files):
    differing = [name for name in expected if expected[name] != files.get(name)]
    if differing or expected.keys() != files.keys():
        sys.exit(f"{what}: not the same {', '.join(differing) or 'files'}")


def but_for_the_engine(files):
    """The digest of the configuration, in which the engine's name stands, left out."""
    digest = json.loads(files["stats.json"])["config_digest"]
    return {**files, "stats.json": files["stats.json"].replace(digest.encode(), b"")}


def check_repeats(exosim, images, base, engine):
    """Returns what each of the runs wrote."""
    base.mkdir()
    first = run(exosim, images, base / "first", *traced(base / "first", engine))
    for label, how in (("second", {}), ("one core", {"preexec_fn": one_core})):
        folder = base / label.replace(" ", "_")
        same(f"{engine}, {label}", first,
             run(exosim, images, folder, *traced(folder, engine), **how))
    for files in under_load(exosim, images, base, engine):
        same(f"{engine}, under load", first, files)
    return first


def check_observers(exosim, images, base, engine, stats):
    """With an observer the statistics are those without any, which are given."""
    for observer in ((), *OBSERVERS):
        folder = base / (engine + "".join(observer).replace("/", "_"))
        watched = run(exosim, images, folder, "--set", f"timing.engine={engine}", *observer)
        same(f"{engine} {' '.join(observer) or 'without a trace'}", {"stats.json": stats},
             {"stats.json": watched["stats.json"]})


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
    hello = [str(guest / "hello.elf")] * 2
    programs = {"hello": hello, "units": [str(guest / "machine" / "machine_units.elf")]}
    with tempfile.TemporaryDirectory() as name:
        base = pathlib.Path(name)
        for program, images in programs.items():
            wrote = {engine: check_repeats(exosim, images, base / f"{program}_{engine}", engine)
                     for engine in ENGINES}
            same(f"{program} with {' and '.join(ENGINES)}",
                 *(but_for_the_engine(files) for files in wrote.values()))
            check_sums(json.loads(wrote[ENGINES[0]]["stats.json"]))
            sizes = {file: len(data) for file, data in wrote[ENGINES[0]].items()}
            print(f"{program}: equal bytes: {sizes}")
            if program == "hello":
                for engine, files in wrote.items():
                    check_observers(exosim, hello, base, engine, files["stats.json"])
        other = run(exosim, hello, base / "other", "--set", "seed=2")
        if json.loads(other["stats.json"])["run"]["exit_status"] != 0:
            sys.exit("the guest relies on the seed")


if __name__ == "__main__":
    main()
