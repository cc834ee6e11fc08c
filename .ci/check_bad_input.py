#!/usr/bin/env python3
"""What a user can get wrong on the command line: exit status and message of each.

  check_bad_input.py EXOSIM GUEST_BUILD_FOLDER
"""
import pathlib
import struct
import subprocess
import sys
import tempfile


def mixed_image(image):
    """The image with its last segment moved to kseg0."""
    table, = struct.unpack_from("<I", image, 28)
    count, = struct.unpack_from("<H", image, 44)
    for at in range(table + 32 * (count - 1), table - 1, -32):
        kind, _, address = struct.unpack_from("<III", image, at)
        if kind == 1:
            return image[:at + 8] + struct.pack("<I", address | 0x80000000) + image[at + 12:]
    raise ValueError("no segment")


def write_files(folder, hello):
    (folder / "empty.elf").write_bytes(b"")
    (folder / "text.elf").write_text("this is no ELF file, but it is long enough to be one\n" * 4)
    (folder / "cut.elf").write_bytes(hello.read_bytes()[:3000])
    (folder / "typo.yaml").write_text("extends: missing.yaml\n")
    (folder / "key.yaml").write_text("cpu:\n  clok: 25MHz\n")
    (folder / "names.yaml").write_text("images:\n  hello.elf: {operations: {m: {functions: mian}}}\n")
    (folder / "image.yaml").write_text("images:\n  helo.elf: {default: idle}\n")
    (folder / "mixed.elf").write_bytes(mixed_image(hello.read_bytes()))


def cases(folder, hello):
    """(arguments, exit status, what standard error must say)"""
    image = str(hello)
    bare = str(hello.parent / "tests" / "isa_mul_div_results.elf")
    return [
        ([], 2, "usage"),
        (["--confg", "x", image], 2, "--config"),
        (["--max-cycles", "many", image], 2, "many"),
        (["--trace-from", "1", image], 2, "--trace"),
        (["--explain", "mian", image], 2, 'did you mean "main"?'),
        (["--explain", "_start", image], 2, "as in aegis.elf:_start"),
        (["--cold", "yield rund", image], 2, 'did you mean "yield round"?'),
        (["no_such.elf"], 2, "no_such.elf"),
        ([str(folder)], 2, str(folder)),
        ([str(folder / "empty.elf")], 2, "empty.elf"),
        ([str(folder / "text.elf")], 2, "ELF"),
        ([str(folder / "cut.elf")], 2, "cut.elf"),
        (["--config", "r300.yaml", image], 2, "r3000.yaml"),
        (["--config", str(folder / "typo.yaml"), image], 2, "typo.yaml:1:"),
        (["--config", str(folder / "key.yaml"), image], 2, "clock"),
        (["--set", "cpu.clok=1MHz", image], 2, 'did you mean "clock"'),
        (["--set", "cpu.clock=25", image], 2, "Hz"),
        (["--set", "memory.size=64KiB", image], 2, ""),
        (["--kernel", image, image], 2, "hello.elf"),
        (["--kernel", "aegs.elf", image], 2, '--kernel: aegs.elf: not found'),
        (["--set", "kernel=/", image], 2, "--set kernel=/: /: is a folder"),
        (["--kernel", "aegis.elf", bare], 2, "a bare image"),
        ([image, bare], 2, "only the first image may be bare"),
        ([str(folder / "mixed.elf")], 2, "-Wl,-Ttext-segment=0x80010000"),
        (["--set", "memory.size=300MiB", image], 2, "r3000.yaml:"),
        (["--set", "memory.size=300MB", image], 2, "did you mean MiB?"),
        (["--set", "devices.console=null", "--max-cycles", "1k", image], 124, "no console"),
        (["--config", str(folder), image], 2, "is a folder"),
        (["--sources", image], 2, "--sources: needs --print-config"),
        (["--set", "cache.data.refill=2", image], 2, "none of: 1, 4, 8, 16, 32"),
        (["--trace", "-", image], 2, "--trace: not to standard output"),
    ] + annotations(folder, image) + runs(image)


def annotations(folder, image):
    """The same for files of annotations."""
    return [
        (["--annotations", str(folder / "names.yaml"), image], 2,
         'names.yaml:2:43: no function "mian" in hello.elf; did you mean "main"?'),
        (["--annotations", str(folder / "image.yaml"), image], 2,
         'image.yaml:2:3: unknown image "helo.elf"; did you mean "hello.elf"?'),
        (["--annotations", str(folder / "no.yaml"), image], 2, "no.yaml: no such file"),
    ]


def runs(image):
    """The same for limits and outputs."""
    return [
        (["--max-cycles", "9" * 30, image], 2, "64 bits"),
        (["--set", "timing.engine=ideal", "--max-cycles", "1", image], 124,
         "after 1 cycle;"),
        (["--stats", "/nonexistent/stats.json", image], 2, "there is no folder /nonexistent"),
        (["--input", "/nonexistent/input", image], 2, "/nonexistent/input"),
        (["--set", "devices.disk.image=/nonexistent/disk", image], 2,
         "devices.disk.image: /nonexistent/disk: no such file"),
        (["--set", "devices.disk.heads=1", "--set", "devices.disk.cylinders=1",
          "--set", f"devices.disk.image={image}", image], 2, "expected at most 18432"),
        (["--set", "devices.disk.save=/nonexistent/disk", image], 2,
         "devices.disk.save: /nonexistent/disk: cannot be written"),
        (["--set", "devices.disk.seek_full=20ms", image], 2, "no seek curve"),
        (["--set", "devices.framebuffer.picture=/nonexistent/picture", image], 2,
         "devices.framebuffer.picture: /nonexistent/picture: cannot be written"),
        (["--set", "devices.framebuffer.width=10", image], 2, "not a multiple of 4"),
        (["--max-cycles", "1000", image], 124, "cycle_limit"),
        (["--set", "cpu.model=r2000", "--max-cycles", "1000", image], 124,
         "exosim: warning: cpu.model is r2000, which reads 1 word at a miss and does not stream; "
         "but cache.instruction.refill is 4, cache.data.refill is 4\n"),
        (["--max-instructions", "1000", image], 124, "instruction_limit"),
    ]


def main():
    exosim, guest = sys.argv[1], pathlib.Path(sys.argv[2])
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        write_files(pathlib.Path(name), guest / "hello.elf")
        table = cases(pathlib.Path(name), guest / "hello.elf")
        for arguments, status, message in table:
            done = subprocess.run([exosim, *arguments], capture_output=True, text=True, check=False)
            if done.returncode == status and message in done.stderr and done.stderr.strip():
                continue
            print(f"exosim {' '.join(arguments)}: exit status {done.returncode}, expected {status} "
                  f"and '{message}' in:\n{done.stderr}")
            wrong += 1
    print(f"bad input: {len(table)} cases, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
