#!/usr/bin/env python3
"""How a kernel that cannot go on ends the run: its last words, and the exit status of a panic.

  check_panic.py EXOSIM GUEST_BUILD_FOLDER
"""
import pathlib
import re
import subprocess
import sys
import tempfile

GUEST_PANIC = 123
MAX_CYCLES = "10M"
CONFIG = pathlib.Path(__file__).resolve().parent.parent / "configs" / "r3000.yaml"
NO_TIMER = """\
devices:
  console:
    type: console
    address: 0x10000000
"""
BREAK = (0x0000000D).to_bytes(4, "little")

# From the last words through the check that failed to the kernel's first instruction.
PANIC_TRACE = r"""the guest's calls, the innermost first
#0  0x8\w+ in aegis::machine_panic\(unsigned int\) \(exokernel/console.cpp:\d+\)
#1  0x8\w+ in aegis::panic\(char const\*\) \(exokernel/panic.cpp:\d+\)
(?s:.*)#\d+ +0x8\w+ in kernel_main \(exokernel/main.cpp:\d+\)
#\d+ +0x8\w+ in _start \(exokernel/boot.S:\d+\)
exosim: guest_panic: """
# Behind the fault's handler, the call that had it; behind that, the program that made the call.
FAULT_TRACE = r"""
    --- exception Bp ---
#\d+ +0x8\w+ in sys_env_exit \(exokernel/environment.[ch]pp:\d+\)
#\d+ +0x8\w+ in plain_call_0 \(exokernel/call.S:\d+\)
    --- exception Sys, from user mode ---
#\d+ +0x0\w+ in exos::exit\(unsigned int\) \(\S+:\d+\)
#\d+ +0x0\w+ in exos_run_program \(libos/run_program.cpp:\d+\)
#\d+ +0x0\w+ in _start \(libos/pinned/start.S:\d+\)
exosim: guest_panic: """


def kernel_with_fault(kernel, symbol):
    """The kernel's bytes with a `break` as the first instruction of a function."""
    listing = subprocess.run(["mipsel-linux-gnu-objdump", "-t", "-h", kernel], check=True,
                             stdout=subprocess.PIPE, text=True).stdout
    address = int(re.search(rf"^(\w+) .*\s{symbol}$", listing, re.MULTILINE)[1], 16)
    _, virt, offset = re.search(r"\.text\s+(\w+)\s+(\w+)\s+\w+\s+(\w+)", listing).groups()
    at = address - int(virt, 16) + int(offset, 16)
    data = bytearray(kernel.read_bytes())
    data[at:at + 4] = BREAK
    return bytes(data), address


def run(exosim, kernel, config, image):
    return subprocess.run([exosim, "--quiet", "--config", config, "--kernel", kernel,
                           "--max-cycles", MAX_CYCLES, image],
                          capture_output=True, text=True, check=False)


def main():
    exosim, guest = sys.argv[1], pathlib.Path(sys.argv[2])
    kernel, hello = guest / "aegis.elf", guest / "hello.elf"
    wrong = 0

    def expect(done, *texts, trace=""):
        nonlocal wrong
        missing = [text for text in texts if text not in done.stdout]
        if not re.search(trace, done.stderr):
            missing.append(trace)
        if done.returncode != GUEST_PANIC or missing:
            print(f"exit status {done.returncode}, not in the output: {missing}\n{done.stdout}"
                  f"{done.stderr}")
            wrong += 1

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "no_timer.yaml").write_text(NO_TIMER)
        expect(run(exosim, kernel, folder / "no_timer.yaml", hello),
               "aegis: panic: the machine has no timer with an interrupt line\n",
               trace=PANIC_TRACE)
        data, address = kernel_with_fault(kernel, "sys_env_exit")
        (folder / "faulty.elf").write_bytes(data)
        expect(run(exosim, folder / "faulty.elf", CONFIG, hello),
               f"aegis: panic: Bp in the kernel at 0x{address:08x}, ", "\n$0=0x00000000 at=", " ra=",
               trace=FAULT_TRACE)
    print(f"panics: {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
