#!/usr/bin/env python3
"""Profiles of whole runs: readers of their formats understand them, and their figures are those of
the statistics and of the trace.

  check_profiles.py EXOSIM GUEST_BUILD_FOLDER
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Inclusive costs are compared for: what the kernel does once; calls of the kernel; what serves page
# faults, behind exceptions that the kernel forwards; all of the program, exceptions and calls of
# the kernel included.
FUNCTIONS = {
    "hello.elf": ["main", "exos_handle_exception", "exos::vm_serve_miss(unsigned int)"],
    "aegis.elf": ["aegis::memory_start(aegis::BootInfo const&)", "sys_page_alloc",
                  "aegis::page_take(unsigned int, unsigned short)"],
}
STEP = re.compile(r" *(\d+) ([uk]) +\d+ ([0-9a-f]{8}) (?:([0-9a-f]{8})|-{8}).*")
LINK = re.compile(r" ra=([0-9a-f]{8})")


def check(condition, message):
    if not condition:
        sys.exit(message)


def run(exosim, options, *images):
    command = [exosim, "--config", "configs/r3000.yaml", "--quiet", *options,
               *map(str, images)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)
    check(done.returncode == 0, f"{' '.join(command)}: {done.returncode}: {done.stderr}")


def annotate(profile, *options):
    """What callgrind_annotate prints: name to figures by event."""
    done = subprocess.run(["callgrind_annotate", "--threshold=100", *options, str(profile)],
                          capture_output=True, text=True, check=False)
    check(done.returncode == 0 and not done.stderr, f"callgrind_annotate: {done.stderr}")
    events = re.search(r"Events recorded: +(.*)", done.stdout)[1].split()
    rows = {}
    for line in done.stdout.splitlines():
        figures = re.match(r"((?:[\d,]+ \( *[\d.]+%\) +|\. +|0 +)+)(\S.*)", line)
        if figures:
            values = re.findall(r"([\d,]+) \(|(\.|\b0\b) ", figures[1])
            numbers = [int(a.replace(",", "")) if a else 0 for a, b in values]
            rows[figures[2]] = dict(zip(events, numbers))
    return rows


def entry_points(image):
    """Demangled names of functions to their addresses."""
    listing = subprocess.run(["nm", "-C", str(image)], capture_output=True, text=True, check=True)
    return {match[2]: match[1] for match in
            re.finditer(r"^([0-9a-f]{8}) [Tt] (.*)$", listing.stdout, re.MULTILINE)}


def instructions_in_trace(trace, entries):
    """Of each entry point: the instructions between its calls and where they return to."""
    counts = dict.fromkeys(entries, 0)
    until = {}  # entry point to return address, while it is active
    link = None
    with open(trace, encoding="utf-8") as lines:
        for line in lines:
            step = STEP.match(line)
            if not step:
                continue
            address, word = step[3], step[4]
            for entry in [entry for entry, back in until.items() if back == address]:
                del until[entry]
            if address in counts and address not in until and word:
                until[address] = link
            if "  exception " not in line or "exception Sys" in line or "exception Bp" in line:
                for entry in until:
                    counts[entry] += 1
            written = LINK.search(line)
            link = written[1] if written else link
    return counts


def check_callgrind(exosim, guest, folder):
    profile, trace, stats = (str(folder / name) for name in ("callgrind.out", "trace", "stats"))
    run(exosim, ["--callgrind", profile, "--trace", trace, "--stats", stats], guest / "hello.elf")
    figures = json.loads(pathlib.Path(stats).read_text(encoding="utf-8"))
    totals = annotate(profile)["PROGRAM TOTALS"]
    expected = [figures["run"]["cycles"], figures["run"]["instructions"],
                *figures["causes"].values()]
    check(list(totals.values()) == expected, f"totals: {totals}, expected {expected}")
    rows = annotate(profile, "--inclusive=yes")
    for image, names in FUNCTIONS.items():
        addresses = entry_points(guest / image)
        counts = instructions_in_trace(trace, [addresses[name] for name in names])
        for name in names:
            found = max((row["Instructions"] for place, row in rows.items()
                         if re.sub(r" \[.*\]$", "", place).endswith(":" + name)), default=None)
            check(found == counts[addresses[name]],
                  f"{name}: {found} instructions, in the trace {counts[addresses[name]]}")
    print(f"callgrind: {len(rows)} places; inclusive instructions of {FUNCTIONS} as in the trace")


def check_folded(exosim, guest, folder):
    """Weights by owner and domain are the ledger's."""
    folded, stats = str(folder / "folded"), str(folder / "stats")
    run(exosim, ["--folded", folded, "--stats", stats], guest / "hello.elf", guest / "hello.elf")
    ledger, found = {}, {}
    for row in json.loads(pathlib.Path(stats).read_text(encoding="utf-8"))["ledger"]:
        key = row["domain"], row["owner"]
        ledger[key] = ledger.get(key, 0) + row["cycles"]
    lines = pathlib.Path(folded).read_text(encoding="utf-8").splitlines()
    for line in lines:
        stack, weight = line.rsplit(" ", 1)
        key = tuple(stack.split(";")[:2])
        found[key] = found.get(key, 0) + int(weight)
    check(found == ledger, f"folded: {found}, ledger: {ledger}")
    stacks = [line.rsplit(" ", 1)[0] for line in lines]
    check(len(set(stacks)) == len(stacks), "folded: a stack stands twice")
    for wanted in (r";main;exos_upcall;exos_handle_exception;exos::vm_serve_miss;\w+;sys_page_alloc",
                   r"protection;environment 2;exos_run_program;main;general_vector$"):
        check(any(re.search(wanted, stack) for stack in stacks), f"folded: no stack with {wanted}")
    print(f"folded: {len(lines)} stacks; owners and domains as in the ledger")


def sum_of(parts):
    """The sums of dictionaries, by key."""
    sums = {}
    for part in parts:
        for key, count in part.items():
            sums[key] = sums.get(key, 0) + count
    return sums


def without_zeros(figures):
    return {key: count for key, count in figures.items() if count}


def check_operations(exosim, guest, folder, *options):
    """The profile of each operation adds up to its figures in the statistics."""
    profile, stats = str(folder / "profile"), str(folder / "stats")
    run(exosim, ["--profile", profile, "--stats", stats, *options], guest / "hello.elf",
        guest / "hello.elf")
    document = json.loads(pathlib.Path(profile).read_text(encoding="utf-8"))
    rows = [row for row in json.loads(pathlib.Path(stats).read_text(encoding="utf-8"))["operations"]
            if row["count"]]
    operations = {(row["image"], row["name"]): row for row in document["operations"]}
    for row in rows:
        operation = operations.pop((row["image"], row["name"]))
        functions = operation["functions"]
        label = f"{row['name']} {options}"
        check(operation["count"] == row["count"], f"{label}: {operation['count']} times")
        check(sum_of(cost["causes"] for cost in functions) == without_zeros(row["causes"]),
              f"{label}: causes are not those of the statistics")
        domains = {domain: sum(causes.values()) for domain, causes in row["ledger"].items()}
        check(sum_of(cost["domains"] for cost in functions) == without_zeros(domains),
              f"{label}: domains are not those of the ledger")
        check(sum(line["executions"] for cost in functions for line in cost["lines"]) ==
              row["instructions"]["total"], f"{label}: instructions")
        for cost in functions:
            check(sum_of(line["causes"] for line in cost["lines"]) == cost["causes"],
                  f"{label}: the lines of {document['functions'][cost['function']]}")
    check(list(operations) == [(None, None)], f"more operations than in the statistics: {operations}")
    print(f"profile {options}: {len(rows)} operations as in the statistics, by cause and domain")


class Tracks:
    """Follows a timeline: events of a track nest and are in the order of time."""

    def __init__(self, clock_hz):
        self.clock_hz = clock_hz
        self.open = {}     # track to events that have begun
        self.last = {}     # track, or name of a counter, to cycle
        self.running = 0   # cycles
        self.entries = {}  # exceptions by name
        self.counts = {}   # name of a counter to (cycle, values)
        self.lines = 0     # times an interrupt line was raised
        self.spans = {}    # operations in progress, by number, to cycle
        self.operations = {}  # by name: how many, and cycles

    def see(self, event):
        if event["ph"] == "M":
            return
        cycle = round(event["ts"] * self.clock_hz / 1e6)
        check(abs(cycle * 1e6 / self.clock_hz - event["ts"]) < 1e-5, f"not a cycle's time: {event}")
        track = event["pid"], event["tid"], event["name"] if event["ph"] == "C" else ""
        check(cycle >= self.last.get(track, 0), f"goes back in time: {event}")
        self.last[track] = cycle
        getattr(self, {"B": "begin", "E": "end", "i": "instant", "C": "count", "b": "begin_span",
                       "e": "end_span"}[event["ph"]])(
            track, cycle, event)

    def begin(self, track, cycle, event):
        self.open.setdefault(track, []).append((event["name"], cycle))
        self.lines += track[0] == 2
        if track[0] == 1 and event["name"] != "running" and "continued" not in event["name"]:
            self.instant(track, cycle, event)

    def end(self, track, cycle, event):
        check(self.open.get(track), f"ends what has not begun: {event}")
        name, since = self.open[track].pop()
        if name == "running":
            self.running += cycle - since

    def begin_span(self, _track, cycle, event):
        check(event["id"] not in self.spans, f"begins again: {event}")
        self.spans[event["id"]] = cycle

    def end_span(self, _track, cycle, event):
        count, cycles = self.operations.get(event["name"], (0, 0))
        self.operations[event["name"]] = count + 1, cycles + cycle - self.spans.pop(event["id"])

    def instant(self, _track, _cycle, event):
        self.entries[event["name"]] = self.entries.get(event["name"], 0) + 1

    def count(self, _track, cycle, event):
        self.counts.setdefault(event["name"], []).append((cycle, event["args"]))

    def counted(self):
        """Sums of the counters by name: a value holds in each interval until the next event."""
        interval = self.clock_hz // 10000
        sums = {}
        for counter, events in self.counts.items():
            ends = [cycle for cycle, _ in events[1:]] + [self.running]
            for (cycle, values), end in zip(events, ends):
                for name, count in values.items():
                    key = counter if name == "misses" else name
                    sums[key] = sums.get(key, 0) + count * -((cycle - end) // interval)
        return sums


def check_spans(spans, rows):
    """How many operations of each name, and their cycles; but of those that the run's end has cut."""
    for name in {row["name"] for row in rows}:
        same = [row for row in rows if row["name"] == name]
        count = sum(row["count"] + row["unfinished"] for row in same)
        check(spans[name][0] == count, f"{name}: {spans[name][0]} on the timeline, {count} counted")
        total = sum(row["cycles"]["total"] for row in same if row["count"])
        if not any(row["unfinished"] for row in same):
            check(spans[name][1] == total, f"{name}: {spans[name][1]} cycles, {total} counted")


def check_timeline(exosim, guest, folder):
    timeline, stats = str(folder / "timeline.json"), str(folder / "stats")
    run(exosim, ["--timeline", timeline, "--stats", stats], guest / "hello.elf",
        guest / "hello.elf")
    figures = json.loads(pathlib.Path(stats).read_text(encoding="utf-8"))
    events = json.loads(pathlib.Path(timeline).read_text(encoding="utf-8"))["traceEvents"]
    tracks = Tracks(figures["run"]["clock_hz"])
    for event in events:
        tracks.see(event)
    check(not any(tracks.open.values()) and not tracks.spans, f"never end: {tracks.open}")
    check_spans(tracks.operations, figures["operations"])
    check(tracks.running == figures["run"]["cycles"], f"{tracks.running} cycles run")
    refills = tracks.entries.pop("TLBL refill", 0) + tracks.entries.pop("TLBS refill", 0)
    misses = refills + sum(tracks.entries.get(name, 0) for name in ("TLBL", "TLBS"))
    taken = figures["exceptions"]
    check(refills == taken["utlb_refill"] and misses == taken["TLBL"] + taken["TLBS"],
          f"{refills} refills of {misses}: {taken}")
    counted = tracks.counted()
    check(counted["TLB misses"] == misses, f"TLB misses: {counted}")
    check(all(tracks.entries.get(name, 0) == taken[name] for name in taken
              if not name.startswith("TLB") and name != "utlb_refill"),
          f"exceptions: {tracks.entries}, {taken}")
    check(all(counted[cause] == cycles for cause, cycles in figures["causes"].items()),
          f"causes: {counted}, {figures['causes']}")
    check(tracks.lines >= figures["interrupt_latency"]["count"] > 0, "interrupt lines")
    print(f"timeline: {len(events)} events; running, exceptions and counters as in the statistics")


def main():
    exosim, guest = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        check_callgrind(exosim, guest, pathlib.Path(name))
        check_folded(exosim, guest, pathlib.Path(name))
        check_operations(exosim, guest, pathlib.Path(name))
        check_operations(exosim, guest, pathlib.Path(name), "--cold", "page free,yield round")
        check_timeline(exosim, guest, pathlib.Path(name))


if __name__ == "__main__":
    main()
