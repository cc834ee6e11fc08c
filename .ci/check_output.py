#!/usr/bin/env python3
"""An output that cannot be written ends the run soon, whatever the guest does.

  check_output.py EXOSIM
"""
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

BASE = 0x80010000
# lui t0,0xb000; addiu t1,zero,'y'; sw t1,0(t0); addiu t1,zero,'\n'; sw t1,0(t0)
PRINT_Y = [0x3c08b000, 0x24090079, 0xad090000, 0x2409000a, 0xad090000]
# addiu t2,t2,1; then a branch back over `distance` words and its delay slot: never a deadlock
AGAIN = {"silent": [0x254a0001, 0x1000fffe, 0], "chatty": [0x254a0001, 0x1000fff9, 0]}
TIMEOUT_S = 60  # of a host that is very slow; all of them take a moment


def bare_image(words):
    code = struct.pack(f"<{len(words)}I", *words)
    start = 0x1000
    header = struct.pack("<16sHHIIIIIHHHHHH", b"\x7fELF\x01\x01\x01", 2, 8, 1, BASE, 52, 0, 0x1001,
                         52, 32, 1, 0, 0, 0)
    segment = struct.pack("<8I", 1, start, BASE, BASE, len(code), len(code), 5, 0x1000)
    return (header + segment).ljust(start, b"\0") + code


def run(exosim, arguments, redirection):
    """Exit status and standard error of `exosim ARGUMENTS REDIRECTION` in bash. Without a
    redirection standard output is a pipe that nobody reads."""
    script = f'"$0" --max-cycles 100G "$@" {redirection}'
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(["bash", "-c", script, exosim, *arguments], stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, stdout=writer, text=True,
                              timeout=TIMEOUT_S, check=False)
    finally:
        os.close(writer)
    return done.returncode, done.stderr


def cases(folder):
    """(arguments, redirection, exit status, what standard error says; None: nothing)"""
    silent, chatty = (str(folder / f"{name}.elf") for name in AGAIN)
    first_line = '| head -1 >/dev/null; exit "${PIPESTATUS[0]}"'
    full = "standard output: cannot be written: No space left on device"
    full_file = "/dev/full: cannot be written: No space left on device"
    closed = "standard output: cannot be written: Bad file descriptor"
    return [
        ([silent], first_line, 141, None),
        ([chatty], first_line, 141, None),
        (["--trace", str(folder / "trace"), silent], first_line, 141, None),
        ([silent], "", 141, None),
        (["--list-devices"], "", 141, None),
        ([silent], ">/dev/full", 2, full),
        ([chatty], ">/dev/full", 2, full),
        (["--help"], ">/dev/full", 2, full),
        (["--list-devices"], ">/dev/full", 2, full),
        (["--trace", "/dev/full", silent], ">/dev/null", 2, full_file),
        (["--max-instructions", "9", "--stats", "/dev/full", silent], ">/dev/null", 2, full_file),
        (["--max-instructions", "9", "--quiet", "--stats", "-", silent], ">/dev/full", 2, full),
        ([chatty], ">&-", 2, closed),
        (["--trace", str(folder / "trace"), chatty], ">&-", 2, closed),
    ]


def fault(status, said, expected, message):
    if status != expected:
        return f"exit status {status}, expected {expected}"
    if (message is None and said) or (message and message not in said):
        return f"standard error, expected {message!r}"
    return None


def main():
    exosim = str(pathlib.Path(sys.argv[1]).resolve())
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for image, again in AGAIN.items():
            (folder / f"{image}.elf").write_bytes(bare_image(PRINT_Y + again))
        table = cases(folder)
        for arguments, redirection, expected, message in table:
            status, said = run(exosim, arguments, redirection)
            if problem := fault(status, said, expected, message):
                print(f"exosim {' '.join(arguments)} {redirection}: {problem}\n{said}")
                wrong += 1
    print(f"lost output: {len(table)} cases, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
