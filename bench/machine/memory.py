"""What memory costs: measured by memory.S, beside what follows from the configuration."""
from fractions import Fraction
from typing import Callable, NamedTuple

MACHINES = ["r3000", "dec5000-200", "dec5000-125", "dec3100", "dec2100"]
ACCESSES = 16       # memory.S
COPY_WORDS = 32     # memory.S
PIECE = 16          # instructions of memory.S: piece_a
HANDLER = 9         # instructions of the refill handler in start.S
AROUND_TLB_MISS = 5  # instructions of the operation that are not the handler's
COPY_INSTRUCTIONS = Fraction(11, 4)  # of the loop, for each word


def block(config, cache):
    read, words = config["memory"]["read"], config["cache"][cache]["refill"]
    return read["first"] + (words - 1) * read["next"]


def stall(name):
    """Cycles of an access beyond its instruction's own."""
    return lambda rows, _: Fraction(
        rows[name]["cycles"]["min"] - rows[name]["instructions"]["min"], ACCESSES)


def growth(name, more, accesses):
    """Cycles for each access in the steady state."""
    short, long = name + ", short" + more, name + ", long" + more
    return lambda rows, _: Fraction(
        rows[long]["cycles"]["min"] - rows[short]["cycles"]["min"], accesses)


def instruction_misses(rows, config):
    row = rows["instruction miss"]
    stalls = row["cycles"]["min"] - row["instructions"]["min"]
    return Fraction(stalls * config["cache"]["instruction"]["refill"], PIECE)


def tlb_miss(rows, _):
    return Fraction(rows["TLB miss"]["cycles"]["median"] - AROUND_TLB_MISS)


def copy_bound(config):
    """The processor's time without the writes, or the bus's, whichever is longer."""
    miss = Fraction(block(config, "data"), config["cache"]["data"]["refill"])
    return max(COPY_INSTRUCTIONS + miss, miss + config["memory"]["write"]["same_page"])


class Row(NamedTuple):
    what: str
    follows_from: str
    measured: Callable
    computed: Callable
    is_bound: bool = False


def write(key):
    return lambda config: max(1, config["memory"]["write"][key])


ROWS = [
    Row("data cache: a miss", "`memory.read`: `first` and the other words of `cache.data.refill`",
        stall("data miss"), lambda config: block(config, "data")),
    Row("instruction cache: a miss", "the same with `cache.instruction.refill`", instruction_misses,
        lambda config: block(config, "instruction")),
    Row("uncached read of a word", "`memory.read.first`", stall("uncached read"),
        lambda config: config["memory"]["read"]["first"]),
    Row("read of a register", "`devices.timer.read_cycles`", stall("register read"),
        lambda config: config["devices"]["timer"]["read_cycles"]),
    Row("stores to one DRAM page, each", "`memory.write.same_page`",
        growth("store, one page", " burst", ACCESSES), write("same_page")),
    Row("stores to two pages in turn, each", "`memory.write.other_page`",
        growth("store, other page", " burst", ACCESSES), write("other_page")),
    Row("stores of half words, each",
        "`memory.write.partial`, or the store itself: 1 + `timing.partial_store`",
        growth("store, half a word", " burst", ACCESSES),
        lambda config: max(1 + config["timing"]["partial_store"],
                           config["memory"]["write"]["partial"])),
    Row("stores to registers, each", "`devices.timer.write_cycles`",
        growth("register write", " burst", ACCESSES),
        lambda config: config["devices"]["timer"]["write_cycles"]),
    Row("TLB miss",
        f"`timing.exception`, the instruction that is dropped, {HANDLER} of the handler",
        tlb_miss, lambda config: config["timing"]["exception"] + 1 + HANDLER),
    Row("copy of a word, source not cached",
        "at least the loop and its misses, or the bus's time for the miss and the write",
        growth("copy", "", COPY_WORDS), copy_bound, is_bound=True),
]

TEXT = """
## Memory

Cycles of the processor: of an access beyond its instruction's own, or of one in a long burst. The
bounds of copying apart, each is exactly what follows from the configuration, whose every number has
its source (`exosim --print-config --sources`); else the run that writes this document fails. The
least of 64 rounds is taken, as a refresh falls into some.
"""

REFERENCES = """
Beside the sources:

| | ours | published | mark | from |
|---|---:|---:|---|---|
| r3000, dec5000-200: a miss, each cache | {miss} | 15 | R | Chen and Bershad 1993: the model that gives gcc's measured time |
| the same: a write to the same page, another page | {same}, {other} | 1, 5 | R | the same |
| dec5000-125: words read one by one, MB/s | {read} | 10.0 | R | kmin.h; ours has the instruction's own cycle beside the 10 of the bus |
| dec5000-125: words written one by one, MB/s | {written} | 16.7 | R | kmin.h |
| dec5000-200: TLB miss, cycles | {tlb} | about 20 | R | Chen 1994, citing Nagle 1993; an average with cache misses and Ultrix's handler, whose length is not given. Ours is warm, with {handler} instructions |"""


def shown(value):
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def is_right(row, measured, computed):
    return measured >= computed if row.is_bound else measured == computed


def section(results, configs):
    """Lines of the document, and what differs from the configuration."""
    lines = [TEXT, "| | " + " | ".join(MACHINES) + " | follows from |",
             "|---|" + "---:|" * len(MACHINES) + "---|"]
    faults, values = [], {}
    for row in ROWS:
        cells = []
        for machine in MACHINES:
            measured = row.measured(results["memory", machine][1], configs[machine])
            computed = row.computed(configs[machine])
            values[row.what, machine] = measured
            cells.append(shown(measured) + (f" (≥ {shown(computed)})" if row.is_bound else ""))
            if not is_right(row, measured, computed):
                faults.append(f"{machine}: {row.what}: {shown(measured)} cycles, not "
                              f"{shown(computed)}")
        lines.append(f"| {row.what} | " + " | ".join(cells) + f" | {row.follows_from} |")
    return lines + [references(values, results)], faults


def references(values, results):
    hz = results["memory", "dec5000-125"][0]
    written = values["stores to one DRAM page, each", "dec5000-125"]
    return REFERENCES.format(
        miss=shown(values["data cache: a miss", "r3000"]),
        same=shown(values["stores to one DRAM page, each", "r3000"]),
        other=shown(values["stores to two pages in turn, each", "r3000"]),
        read=f"{float(4 * hz / (values['uncached read of a word', 'dec5000-125'] + 1)) / 1e6:.1f}",
        written=f"{float(4 * hz / written) / 1e6:.1f}",
        tlb=shown(values["TLB miss", "dec5000-200"]), handler=HANDLER)
