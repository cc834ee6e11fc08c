#!/usr/bin/env python3
"""Who may include whom: the table of docs/architecture.md, checked on every #include line.

A file belongs to the longest prefix that fits its path. Tests may also include gtest and the
layers named for them. Prints each breach as file:line and exits 1.
"""
import re
import subprocess
import sys

# prefix: prefixes that it may include, besides itself
RULES = {
    "isa/machine": [],
    "isa/devices": [],
    "isa": ["isa"],
    "sim/base": [],
    "sim/time": ["sim/base"],
    "sim/bus": ["sim/base", "sim/time", "isa/machine", "isa/devices"],
    "sim/cpu": ["sim/base", "sim/bus", "isa"],
    "sim/cpu/fpu": ["isa"],
    "sim/timing": ["sim/base", "isa", "sim/time", "sim/cpu/retired.hpp", "sim/bus/bus_requests.hpp",
                   "sim/bus/posted_writes.hpp"],
    "sim/net": ["sim/base", "sim/time"],
    "sim/devices": ["sim/base", "sim/time", "sim/bus", "sim/net", "isa/devices"],
    "sim/observe": ["sim/base", "isa", "sim/cpu/retired.hpp", "sim/time/step_cost.hpp"],
    "sim/debug": ["sim/base", "sim/bus", "sim/cpu"],
    "sim/machine": ["sim", "isa"],
    "sim/options": ["sim/machine", "sim/observe", "sim/base", "sim/bus/device.hpp"],
    "sim/main.cpp": ["sim/run.hpp", "sim/machine", "sim/observe", "sim/options", "sim/base",
                     "sim/bus"],
    "sim/run.hpp": ["sim/machine", "sim/options", "sim/base"],
    "sim/run.cpp": ["sim/run.hpp", "sim/machine", "sim/observe", "sim/options", "sim/base"],
    "bench": ["sim", "isa", "bench"],
    "exokernel": ["isa", "exokernel"],
    "libos": ["isa", "exokernel/abi", "libos"],
    "workloads": ["libos/api", "exokernel/abi", "exokernel/tests/harness", "isa", "workloads"],
}
# Tests may reach further where what they test is the meeting of layers.
TEST_RULES = {
    "isa": ["sim/base"],
    "sim/timing": ["sim/cpu", "sim/bus"],
    "sim/devices": ["sim/bus"],
    "sim/bus": ["sim/devices"],
    "sim/cpu": ["sim/time"],
    "sim/observe": ["sim/cpu", "sim/bus"],
    "exokernel/tests": ["libos/api", "exokernel", "libos"],
    "libos/tests": ["libos", "exokernel/abi"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def fits(path, prefix):
    return path == prefix or path.startswith(prefix + "/")


def rule_for(path, rules):
    prefixes = [p for p in rules if fits(path, p)]
    return max(prefixes, key=len) if prefixes else None


def is_test(path):
    return path.endswith("_test.cpp") or "/tests/" in path or "/fuzz/" in path


def allowed(path, included):
    layer = rule_for(path, RULES)
    if layer is None:
        return False
    targets = [layer] + RULES[layer]
    if is_test(path):
        test_layer = rule_for(path, TEST_RULES)
        targets += TEST_RULES.get(test_layer, [])
    return any(fits(included, target) for target in targets)


def main():
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.cpp", "*.hpp", "*.h", "*.S", "*.def"],
        capture_output=True, text=True, check=True).stdout.split()
    breaches = 0
    for path in sorted(set(files)):
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                match = INCLUDE.match(line)
                if match and not allowed(path, match.group(1)):
                    print(f"{path}:{number}: may not include {match.group(1)}")
                    breaches += 1
    print(f"include rules: {len(set(files))} files, {breaches} breaches")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
