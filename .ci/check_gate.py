#!/usr/bin/env python3
"""The gate on planted regressions: variants of the kernel are built from patched sources, and
exosim-bench check has to name the function, the cause and the line of each.

  check_gate.py EXOSIM_BENCH EXOSIM GUEST_BUILD_FOLDER
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
IGNORED = shutil.ignore_patterns(".git", "build", "build-*", "gb")
SUITE = """
machines: [dec3100.yaml]
workloads:
  - name: kernel_calls
    set: {arguments: slice=1000000}
    cold: all
    expect: {max_cycles: 1G}
"""
ICACHE_BYTES = 64 * 1024  # of configs/dec3100.yaml


class Lab:
    """A copy of the sources, a folder of guest images, and a suite."""

    def __init__(self, folder, bench, exosim, guest):
        self.folder, self.bench, self.exosim, self.guest = folder, bench, exosim, guest
        self.tree, self.images = folder / "tree", folder / "images"
        shutil.copytree(ROOT, self.tree, ignore=IGNORED)
        self.images.mkdir()
        (folder / "suite.yaml").write_text(SUITE, encoding="utf-8")
        shutil.copy(guest / "kernel_calls.elf", self.images)

    def build(self, image):
        """The kernel of the tree as it is, into `image`."""
        build = self.folder / "build"
        for command in (["cmake", "-S", self.tree, "-B", build, "-G", "Ninja", "-DEXOSIM_GUEST=ON",
                         "-DEXOSIM_PLACEMENTS=0",
                         f"-DCMAKE_TOOLCHAIN_FILE={self.tree}/isa/toolchain/r3000.cmake"],
                        ["cmake", "--build", build, "--target", "aegis"]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                sys.exit(f"{command}:\n{done.stdout}{done.stderr}")
        shutil.copy(build / "aegis.elf", image)

    def run(self, command, *options):
        return subprocess.run([self.bench, command, "suite.yaml", "--exosim", self.exosim,
                               "--guest-dir", self.images, "--sources", self.tree, *options],
                              cwd=self.folder, capture_output=True, text=True, check=False)

    def replace(self, file, old, new):
        """Exactly one place of a source file."""
        path = self.tree / file
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            sys.exit(f"{file}: the text to be changed is there {text.count(old)} times: {old}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line_of(self, file, text):
        lines = (self.tree / file).read_text(encoding="utf-8").splitlines()
        return [line.strip() for line in lines].index(text) + 1

    def restore(self):
        """As files that are new, so that they are built again."""
        for path in (ROOT / "exokernel").iterdir():
            copy = self.tree / "exokernel" / path.name
            if path.is_file() and path.read_bytes() != copy.read_bytes():
                copy.write_bytes(path.read_bytes())


def address_of(image, name):
    symbols = subprocess.run(["mipsel-linux-gnu-nm", "-C", image], capture_output=True, text=True,
                             check=True).stdout
    return int(re.search(rf"^(\w+) [tT] {re.escape(name)}$", symbols, re.M)[1], 16)


def plant_capability_check(lab):
    """A second look at the capability, although the first has seen all."""
    file = "exokernel/page.cpp"
    new = "if (const uint32_t again = check_may_part(page)) return call.fail(again + 0);"
    lab.replace(file, "  break_bindings(page.index());\n  page_release(page.index());\n  call.succeed(0);",
                f"  {new}\n  break_bindings(page.index());\n  page_release(page.index());\n"
                "  call.succeed(0);")
    line = lab.line_of(file, new)
    return ("page_dealloc: bound nowhere",
            [rf"sys_page_dealloc \(aegis\.elf, {file}:\d+\): \+[\d.]+, execute \+",
             rf"{file}:{line}: execute \+[^`]*, new: `{re.escape(new)}`"],
            (file, line))


def plant_collision(lab):
    """tlb_drop where its caller's instructions are in the cache."""
    lab.replace("exokernel/tlb.hpp", "void tlb_drop(uint32_t entry_hi);",
                '__attribute__((section(".moved"))) void tlb_drop(uint32_t entry_hi);')
    place = address_of(lab.guest / "aegis.elf", "sys_tlb_delete") % ICACHE_BYTES
    lab.replace("exokernel/kernel.ld", "  .data ALIGN(16) : {\n",
                f"  .moved ALIGN(0x{ICACHE_BYTES:x}) + 0x{place:x} : {{ *(.moved) }} :text\n\n"
                "  .data ALIGN(16) : {\n")
    return ("tlb_delete",
            [r"aegis::tlb_drop\(unsigned int\) \(aegis\.elf, exokernel/tlb\.cpp:\d+\): "
             r"\+[\d.]+, instruction_cache \+",
             r"exokernel/tlb\.cpp:\d+: instruction_cache [\d.]+[^`\n]* now: `",
             "the same instructions as before"],
            None)


def plant_removed_flush(lab):
    """The TLB keeps what has been deleted."""
    file = "exokernel/binding.cpp"
    lab.replace(file, "  tlb_drop(call.a[0] | current_environment().space);\n  call.succeed(0);",
                "  call.succeed(0);")
    line = lab.line_of(file, 'extern "C" void sys_tlb_delete(CallFrame& call) {')
    return ("tlb_delete",
            [r"aegis::tlb_drop\(unsigned int\) \(aegis\.elf\): -[\d.]+, execute -[^\n]*"
             r"no longer executed",
             rf"{file}:{line + 3}: execute -[^\n]*, a line is gone here"],
            (file, line + 3))


def part_of(report, point, operation):
    """What the report says of an operation."""
    found = re.search(rf"^kernel_calls dec3100 aegis {point}\n(?P<part>.*?)^$", report, re.S | re.M)
    if not found:
        return ""
    return re.search(rf"^  {re.escape(operation)}: .*?(?=^  \S|\Z)", found["part"] + "\n",
                     re.S | re.M)[0]


def check(lab, plant):
    """What is wrong with the gate's answer to one regression."""
    operation, patterns, place = plant(lab)
    lab.build(lab.images / "aegis.elf")
    done = lab.run("check", "-o", plant.__name__, "--all", "--github", "--junit", "junit.xml", "--tap", "tap",
                   "--markdown", "summary.md")
    if done.returncode != 1:
        return [f"exit status {done.returncode}, expected 1:\n{done.stdout}{done.stderr}"]
    part = part_of(done.stdout, "warm", operation)
    wrong = [f"{pattern} is not in:\n{part}" for pattern in patterns if not re.search(pattern, part)]
    if place and f"::error file={place[0]},line={place[1]},title=" not in done.stdout:
        wrong.append(f"no annotation at {place}")
    junit = xml.etree.ElementTree.parse(lab.folder / "junit.xml")
    if junit.find(f".//testcase[@name='{operation}']/failure") is None:
        wrong.append("no failure in junit.xml")
    if "not ok" not in (lab.folder / "tap").read_text(encoding="utf-8"):
        wrong.append("all is ok in tap")
    if f"| {operation} |" not in (lab.folder / "summary.md").read_text(encoding="utf-8"):
        wrong.append("no row in summary.md")
    return wrong


def check_diff(lab, plant):
    """The same from the two folders of results."""
    done = subprocess.run([lab.bench, "diff", "before", plant.__name__, "--sources", lab.tree],
                          cwd=lab.folder, capture_output=True, text=True, check=False)
    if done.returncode == 1 and f"before -> {plant.__name__}: " in done.stdout:
        return []
    return [f"diff: exit status {done.returncode}, expected 1:\n{done.stdout}{done.stderr}"]


def check_before(lab):
    """Nothing is expected yet; then what is there; then nothing differs."""
    shutil.copy(lab.guest / "aegis.elf", lab.images)
    for command, status, text in (("check", 2, "exosim-bench bless ./suite.yaml writes it"),
                                  ("bless", 0, "wrote ./expected.json"),
                                  ("check", 0, "all as expected")):
        done = lab.run(command, "-o", "before")
        if done.returncode != status or text not in done.stdout + done.stderr:
            return [f"{command}: exit status {done.returncode}, expected {status} and {text} in:\n"
                    f"{done.stdout}{done.stderr}"]
    return []


def main():
    bench, exosim, guest = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    plants = (plant_capability_check, plant_collision, plant_removed_flush)
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(pathlib.Path(folder), bench, exosim, guest)
        wrong = check_before(lab)
        for plant in plants if not wrong else ():
            wrong += [f"{plant.__name__}: {each}"
                      for each in check(lab, plant) + check_diff(lab, plant)]
            lab.restore()
    print("\n".join(wrong) or f"gate: {len(plants)} planted regressions, all named")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
