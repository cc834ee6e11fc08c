#!/usr/bin/env python3
"""Guest images contain MIPS I instructions only, and no load's result is read in its delay slot.

  check_mips1.py GUEST_BUILD_FOLDER

Every image is disassembled by the cross binutils. Applications that are not tests may not contain
privileged instructions. Bare tests of the processor (tests/isa_*) may read delay slots and contain
reserved words; in other images these stand under a symbol that begins with not_mips1. Bare tests, the
kernel, its tests and the programs of bench/machine may use the FPU.
Prints each offender as image: address: text and exits 1.
"""
import pathlib
import re
import subprocess
import sys
from typing import NamedTuple

OBJDUMP = "mipsel-linux-gnu-objdump"
KERNEL_BASE = 0x80000000

LOADS = set("lb lbu lh lhu lw lwl lwr mfc0".split())
PARTIAL_LOADS = set("lwl lwr".split())
STORES = set("sb sh sw swl swr".split())
BRANCHES = set("beq bne blez bgtz bltz bgez bltzal bgezal j jal jr jalr".split())
PRIVILEGED = set("mfc0 mtc0 rfe tlbr tlbwi tlbwr tlbp bc0f bc0t".split())
COMPUTING = set("""add addi addiu addu sub subu and andi or ori xor xori nor slt slti sltiu sltu lui
                   sll sllv srl srlv sra srav mult multu div divu mfhi mflo mthi mtlo
                   syscall break neg negu""".split())  # objdump's names of sub and subu from $0
MIPS1 = LOADS | STORES | BRANCHES | PRIVILEGED | COMPUTING
# The first operand is read, not written.
NO_DESTINATION = STORES | BRANCHES | {"mult", "multu", "mthi", "mtlo", "mtc0", "syscall", "break"}

# Other coprocessors than 0: kernel and applications use none, tests of the processor do.
COPROCESSOR = re.compile(r"^([ls]wc[0-3]|[mc][ft]c[0-3]|c[0-3]|bc[1-3][ft]|"
                         r"(add|sub|mul|div|abs|mov|neg)\.[sd]|cvt\.[sdw]\.[sdw]|c\.\w+\.[sd])$")

LINE = re.compile(r"^\s*([0-9a-f]+):\t[0-9a-f]{8} \t(\S+)\s*(.*)$")
SYMBOL = re.compile(r"^[0-9a-f]+ <(.+)>:$")
REGISTER = re.compile(r"\$(\d+)\b")
TARGET = re.compile(r"(?:^|,)([0-9a-f]+) <")


class Instruction(NamedTuple):
    address: int
    symbol: str
    mnemonic: str
    operands: str

    def __str__(self):
        return f"{self.address:08x}: {self.mnemonic} {self.operands} in {self.symbol}"

    def registers_read(self):
        registers = REGISTER.findall(self.operands.split("<")[0])
        return registers if self.mnemonic in NO_DESTINATION else registers[1:]

    def loaded_register(self):
        """The register that has its value one instruction later, or None."""
        # lwl and lwr pass a value on to each other.
        if self.mnemonic not in LOADS or self.mnemonic in PARTIAL_LOADS:
            return None
        return REGISTER.match(self.operands).group(1)

    def target(self):
        """Where a branch or jump goes, or None if only the register knows."""
        found = TARGET.search(self.operands)
        return int(found.group(1), 16) if found else None

    def always_leaves(self):
        is_unconditional = self.mnemonic == "beq" and self.operands.startswith("$0,$0,")
        return is_unconditional or self.mnemonic in ("j", "jal", "jr", "jalr")


def disassemble(image):
    text = subprocess.run(
        [OBJDUMP, "-d", "-m", "mips:3000", "-M", "no-aliases,gpr-names=numeric", image],
        capture_output=True, text=True, check=True).stdout
    symbol = ""
    code = {}
    for line in text.splitlines():
        if found := SYMBOL.match(line):
            symbol = found.group(1)
        elif found := LINE.match(line):
            address = int(found.group(1), 16)
            code[address] = Instruction(address, symbol, found.group(2), found.group(3))
    return code


def successors(code, address):
    """Addresses of what may be executed after the instruction at `address`."""
    before = code.get(address - 4)
    if before is None or before.mnemonic not in BRANCHES:
        return [address + 4]
    return ([before.target()] if before.target() else []) + (
        [] if before.always_leaves() else [address + 4])


def delay_slot_faults(code):
    for address, instruction in code.items():
        loaded = instruction.loaded_register()
        if loaded is None or loaded == "0":
            continue
        for reader in (code.get(next) for next in successors(code, address)):
            if reader and loaded in reader.registers_read():
                yield f"{reader}: reads ${loaded} in the delay slot of its load at {address:08x}"


def faults(image, is_test, is_bare_test, uses_fpu):
    code = disassemble(image)
    for instruction in code.values():
        mnemonic = instruction.mnemonic
        if instruction.symbol.startswith("not_mips1"):
            continue
        if (is_bare_test and mnemonic == ".word") or (uses_fpu and COPROCESSOR.match(mnemonic)):
            continue
        if mnemonic not in MIPS1:
            yield f"{instruction}: not a MIPS I instruction"
        if mnemonic in PRIVILEGED and instruction.address < KERNEL_BASE and not is_test:
            yield f"{instruction}: privileged"
    if not is_bare_test:
        yield from delay_slot_faults(code)


def main():
    folder = pathlib.Path(sys.argv[1])
    images = sorted(folder.rglob("*.elf"))
    found = 0
    for image in images:
        is_test = image.parent.name == "tests"
        is_bare_test = is_test and image.name.startswith("isa_")
        uses_fpu = is_bare_test or image.parent.name == "machine" or image.name.startswith(
            ("aegis", "exokernel_fpu", "exokernel_random_calls", "libos_float"))
        for fault in faults(image, is_test, is_bare_test, uses_fpu):
            print(f"{image.relative_to(folder)}: {fault}")
            found += 1
    print(f"MIPS I: {len(images)} images, {found} faults")
    return 1 if found or not images else 0


if __name__ == "__main__":
    sys.exit(main())
