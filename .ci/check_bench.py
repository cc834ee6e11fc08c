#!/usr/bin/env python3
"""exosim-bench from end to end: a suite twice (the second time nothing is run, and every byte is as
before), an interruption and what follows, and what a user can get wrong.

  check_bench.py EXOSIM_BENCH GUEST_BUILD_FOLDER
"""
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile

SUITE = """
description: a small suite
machines: [r3000.yaml, ideal.yaml]
workloads:
  - name: hello
    cold: [yield round]
    expect: {max_cycles: 10M}
  - name: two
    images: [hello.elf, hello.elf]
    expect: {max_cycles: 10M}
"""
POINTS = 6  # a warm and a cold one, and one without, on each machine
# Never ends by itself: the limit is far away.
ENDLESS = SUITE + """
  - name: endless
    images: [endless.elf]
    kernel: none
"""
WRONG = [
    (["run"], "no folder for the results"),
    (["run", "-o", "out"], "no suite given"),
    (["run", "no.yaml", "-o", "out"], "no.yaml: not found in"),
    (["run", "aegs.yaml", "-o", "out"], 'did you mean "aegis.yaml"?'),
    (["run", "bad.yaml", "-o", "out"], 'bad.yaml:1:1: unknown key "machnes"; did you mean'),
    (["run", "suite.yaml", "-o", "mine"], "has other files in it"),
    (["run", "suite.yaml", "-o", "out", "--jobs", "0"], "--jobs: 0 is less than 1"),
    (["run", "suite.yaml", "-o", "out", "--jbos", "1"], "did you mean --jobs?"),
    (["run", "suite.yaml", "-o", "out", "--guest-dir", "nowhere"], "--guest-dir: nowhere"),
    (["run", "suite.yaml", "-o", "out", "--exosim", "bad.yaml"], "no program that may be run"),
    (["lits"], "did you mean list?"),
    ([], "no command given"),
]


class Bench:
    def __init__(self, program, guest, folder):
        self.program, self.guest, self.folder = program, guest, folder

    def start(self, *arguments):
        if self.guest and arguments[:1] == ("run",):
            arguments += ("--guest-dir", self.guest)
        return subprocess.Popen([self.program, *arguments], cwd=self.folder, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def __call__(self, *arguments, status=0):
        """Standard output and standard error together."""
        process = self.start(*arguments)
        text = "".join(process.communicate())
        expect(process.returncode == status,
               f"{arguments}: exit status {process.returncode}, expected {status}\n{text}")
        return text


def expect(condition, message):
    if not condition:
        sys.exit(message)


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def check_twice(bench):
    expect(f"{POINTS} points: {POINTS} run, 0 had a result; all as expected" in
           bench("run", "suite.yaml", "-o", "out"), "first run")
    first = contents(bench.folder / "out")
    expect(f"0 run, {POINTS} had a result" in bench("run", "suite.yaml", "-o", "out"), "second run")
    expect(contents(bench.folder / "out") == first, "the second run changed a file")
    bench("run", "suite.yaml", "-o", "out", "--force", "--jobs", "1")
    expect(contents(bench.folder / "out") == first, "another run has other bytes")
    return first


def check_results(bench, files):
    suite = json.loads(files["suite.json"])
    listed = bench("list", "suite.yaml")
    for point in suite["points"]:
        result = json.loads(files[f"points/{point['key']}.json"])
        expect(result["stats"]["run"]["exit_reason"] == "exit", "a point that did not end")
        expect("environment 1: done" in result["console"]["data"], "the console's output")
        expect(point["key"] in listed, "a point that is not listed")
    database = sqlite3.connect(bench.folder / "out" / "results.sqlite")
    rows = database.execute("SELECT count(*), sum(unexpected IS NULL) FROM points").fetchall()
    expect(rows == [(POINTS, POINTS)], f"the database has {rows}")
    lost = database.execute("SELECT id FROM points p WHERE cycles != "
                            "(SELECT sum(cycles) FROM ledger WHERE point = p.id)").fetchall()
    expect(not lost, "a ledger that does not add up to its run")
    counts = database.execute("SELECT count FROM operations o WHERE count != "
                              "(SELECT count(*) FROM samples WHERE operation = o.id)").fetchall()
    expect(not counts, "operations without their samples")


def check_command(bench, files):
    """The command that a point names gives the figures of its result."""
    point = json.loads(files["suite.json"])["points"][1]
    stats = bench.folder / "again.json"
    subprocess.run([*point["command"], "--quiet", "--samples", "--stats", stats], cwd=bench.folder,
                   stdout=subprocess.DEVNULL, check=True)
    expect(json.loads(stats.read_text()) ==
           json.loads(files[f"points/{point['key']}.json"])["stats"], "the command's figures")


def check_unexpected(bench):
    (bench.folder / "limit.yaml").write_text(SUITE.replace("10M", "1k"))
    for _ in range(2):
        text = bench("run", "limit.yaml", "-o", "limit", status=1)
        expect("hello r3000 aegis warm: ended with cycle_limit" in text, text)
        expect("exosim: cycle_limit" in text and "--max-cycles=1000" in text, text)


def check_interruption(bench):
    """What is done stays, nothing is left running, and the same command goes on."""
    (bench.folder / "endless.yaml").write_text(ENDLESS)
    process = bench.start("run", "endless.yaml", "-o", "stopped", "--jobs", "1", "--verbose")
    for _ in range(POINTS):
        expect("as expected" in process.stderr.readline(), "a line for each run")
    process.send_signal(signal.SIGINT)
    text = process.communicate()[0]
    expect(process.returncode == -signal.SIGINT, f"ended with {process.returncode}")
    expect(f"{POINTS} run, 0 had a result, 2 not run" in text and "interrupted" in text, text)
    expect(not (bench.folder / "stopped" / "running").exists(), "files of runs that were stopped")
    text = bench("run", "endless.yaml", "-o", "stopped", "--timeout", "1", status=1)
    expect(f"0 run, {POINTS} had a result, 2 failed" in text and "--timeout" in text, text)


def check_wrong(bench):
    (bench.folder / "bad.yaml").write_text("machnes: [a]\n")
    (bench.folder / "mine").mkdir()
    (bench.folder / "mine" / "notes").write_text("mine")
    for arguments, message in WRONG:
        text = bench(*arguments, status=2)
        expect(message in text, f"{arguments}: expected \"{message}\" in:\n{text}")
    expect("aegis.yaml" in bench("list"), "the suites beside the program")
    for command in ("run", "list"):
        expect(f"usage: exosim-bench {command}" in bench(command, "--help"), "help")
    expect("exosim-bench" in bench("--version"), "version")


def check_lost_output(bench):
    read, write = os.pipe()
    os.close(read)
    for stream, status in ((write, 141), (os.open("/dev/full", os.O_WRONLY), 2)):
        done = subprocess.run([bench.program, "list", "suite.yaml"], cwd=bench.folder, stdout=stream,
                              stderr=subprocess.PIPE, text=True, check=False)
        os.close(stream)
        expect(done.returncode == status and "internal" not in done.stderr,
               f"lost output: exit status {done.returncode}, expected {status}\n{done.stderr}")


def write_endless(guest, folder):
    """A bare image that counts for ever; images lie in a folder of their own."""
    folder.mkdir()
    for name in ("aegis.elf", "hello.elf"):
        (folder / name).symlink_to(guest / name)
    source = folder / "endless.S"
    source.write_text(".globl __start\n__start: addiu $8, $8, 1\n b __start\n nop\n")
    subprocess.run(["mipsel-linux-gnu-gcc", "-march=r3000", "-mfp32", "-mabi=32", "-EL",
                    "-mno-abicalls", "-fno-pic", "-G0", "-nostdlib", "-static",
                    "-Wl,-Ttext-segment=0x80010000", "-Wl,--build-id=none",
                    "-o", folder / "endless.elf", source], check=True)


def main():
    program, guest = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_endless(guest, folder / "guest")
        (folder / "suite.yaml").write_text(SUITE)
        bench = Bench(program, None, folder)
        files = check_twice(bench)
        check_results(bench, files)
        check_command(bench, files)
        check_unexpected(bench)
        check_wrong(bench)
        check_lost_output(bench)
        check_interruption(Bench(program, folder / "guest", folder))
    print(f"exosim-bench: {POINTS} points, {len(WRONG)} wrong inputs: all as they should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())
