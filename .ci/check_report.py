#!/usr/bin/env python3
"""exosim-bench report from end to end: results as a page, as Markdown and as text; what a user can get
wrong; and the page in headless Chromium, which draws it in both colour schemes, on a desk, on a phone
and on paper.

  check_report.py EXOSIM_BENCH GUEST_BUILD_FOLDER [FOLDER_FOR_SCREENSHOTS]

Exits 77 if the page could not be looked at: no Chromium, or a build without the plotting library.
"""
import base64
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import browser

SKIPPED = 77
MAX_PAGE_BYTES = 1_000_000  # of these few workloads; 2 MB for a whole suite
MAX_PDF_BYTES = 10_000_000
MIN_CONTRAST = 4.5  # WCAG 2, AA
SUITE = """
description: some of Aegis
machines: [dec5000-125.yaml, dec3100.yaml]
published: {root}/workloads/primitives/published.yaml
workloads:
  - {{name: hello}}
  - {{name: primitives, images: [primitives.elf, primitives.elf], cold: all}}
  - {{name: kernel_calls, set: {{arguments: slice=1000000}}}}
"""
SMALL = """
machines: [machine.yaml]
kernels: [aegis.elf, other.elf]
workloads: [{name: hello}]
"""
MACHINE = "extends: {root}/configs/{base}\n"
FIGURES = "[...document.querySelectorAll('figure')]"
READY = "document.documentElement.dataset.plots === 'drawn'"
SCREENS = [(1280, 900, "light"), (1280, 900, "dark"), (390, 844, "light"), (390, 844, "dark")]
# What a figure shows: bars, points and lines are paths below a group of marks.
MARKS = "f.querySelectorAll('g.mark-rect path[d], g.mark-symbol path[d], g.mark-line path[d]').length"
CONTRAST = """
(() => {
  const light = (text) => {
    const rgb = text.match(/[0-9.]+/g).slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  const seen = [...document.querySelectorAll("p, th, td, h2, summary, a, figure svg text")]
    .filter((element) => element.getClientRects().length > 0);
  return Math.min(...seen.map((element) => {
    const style = getComputedStyle(element);
    const text = light(element.namespaceURI.endsWith("svg") ? style.fill : style.color);
    return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
  }));
})()
"""


def expect(condition, message):
    if not condition:
        sys.exit(message)


class Bench:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def __call__(self, *arguments, status=0):
        """Standard output, with standard error behind it."""
        done = subprocess.run([self.program, *arguments], cwd=self.folder, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        text = done.stdout + done.stderr
        expect(done.returncode == status,
               f"{arguments}: exit status {done.returncode}, expected {status}\n{text}")
        return text

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")


def add_series(results):
    """What workloads/scaling has, which runs for long: an operation with several numbers."""
    for path in (results / "points").iterdir():
        result = json.loads(path.read_text())
        rows = result["stats"]["operations"]
        for row in [row for row in rows if row["name"] == "page allocate"]:
            rows += [{**row, "name": f"pages, {number}"} for number in (1, 2, 16)]
        path.write_text(json.dumps(result))


def make_results(bench, guest):
    root = pathlib.Path(__file__).resolve().parent.parent
    images = bench.folder / "guest"
    images.mkdir()
    for name in ("aegis", "hello", "primitives", "kernel_calls"):
        (images / f"{name}.elf").symlink_to(guest / f"{name}.elf")
    (images / "other.elf").symlink_to(guest / "aegis.elf")
    (bench.folder / "suite.yaml").write_text(SUITE.format(root=root))
    (bench.folder / "small.yaml").write_text(SMALL)
    bench("run", "suite.yaml", "-o", "out", "--guest-dir", "guest")
    add_series(bench.folder / "out")
    for name, base in (("before", "dec3100.yaml"), ("now", "dec5000-125.yaml")):
        (bench.folder / "machine.yaml").write_text(MACHINE.format(root=root, base=base))
        bench("run", "small.yaml", "-o", name, "--guest-dir", "guest")


def check_wrong(bench):
    (bench.folder / "cut").mkdir()
    for path in (bench.folder / "now").rglob("*.json"):
        copy = bench.folder / "cut" / path.relative_to(bench.folder / "now")
        copy.parent.mkdir(exist_ok=True)
        text = path.read_text()
        copy.write_text(text if path.name == "suite.json" else text[:len(text) // 2])
    wrong = [
        ([], "no folder of results given"),
        (["out", "now"], "--against DIR2"),
        (["nowhere"], "nowhere: no such folder"),
        (["small.yaml"], "small.yaml: is no folder"),
        (["guest"], "has no suite.json: no folder of exosim-bench run"),
        (["cut"], "the results of 2 of 2 points are not whole"),
        (["now", "-o", "nowhere/report.html"], "nowhere/report.html"),
        (["now", "-o", "guest"], "guest"),
        (["now", "--format", "pdf"], "expected html, markdown or text, got pdf"),
        (["now", "--table", "headlines"], "expected headline, times"),
        (["now", "--table", "changes"], "no tables of the kind changes"),
        (["now", "--workload", "hallo"], "--workload: expected hello, got hallo"),
        (["now", "--against", "nowhere"], "--against: nowhere: no such folder"),
        (["now", "--published", "nowhere.yaml"], "nowhere.yaml"),
        (["now", "--frmat", "html"], "did you mean --format?"),
    ]
    for arguments, message in wrong:
        text = bench("report", *arguments, status=2)
        expect(message in text, f"{arguments}: expected \"{message}\" in:\n{text}")
    expect("usage: exosim-bench report" in bench("report", "--help"), "help")
    return len(wrong)


def check_read_only(bench):
    """Nobody else may have to wait for, or may see, a report."""
    before = sorted(path for path in (bench.folder / "now").rglob("*"))
    (bench.folder / "now").chmod(0o500)
    bench("report", "now", "-o", "now.txt")
    (bench.folder / "now").chmod(0o700)
    expect(sorted((bench.folder / "now").rglob("*")) == before, "the report wrote to the results")


def check_markdown(bench):
    bench("report", "out", "-o", "out.md")
    text = bench.read("out.md")
    links, runs = set(re.findall(r"\]\(#(run-\d+)\)", text)), re.findall(r"^### Run (\d+)$", text, re.M)
    expect(links <= {f"run-{run}" for run in runs} and len(links) == len(runs),
           f"links to {sorted(links)}, runs {runs}")
    columns = None
    for line in text.splitlines():
        cells = re.split(r"(?<!\\)\|", line) if line.startswith("|") else None
        expect(not cells or columns in (None, len(cells)), f"a row of other length: {line}")
        columns = len(cells) if cells else None
    for words in ("| null system call, no stack | 1.6 H |", "**hello on dec3100, warm: median cycles",
                  "**primitives: percent of each operation's cycles, warm**", "--config"):
        expect(words in text, f"Markdown without {words}")
    expect(bench("report", "out", "--format", "markdown") == text, "standard output differs")


def check_text(bench):
    text = bench("report", "out")
    for words in ("Workload kernel_calls\n---------------------", "Where the parts stand as a bar, a letter",
                  "run 1: hello dec5000-125 aegis\n"):
        expect(words in text, f"text without {words}")
    headline = bench("report", "out", "--table", "headline", "--workload", "primitives",
                     "--format", "markdown")
    expect(headline.count("**") == 2 and "](#" not in headline and "```" not in headline, headline)
    rows = [line for line in headline.splitlines() if line.startswith("| null system call, stack")]
    expect(len(rows) == 1 and len(rows[0].split("|")) == 12, headline)
    against = bench("report", "now", "--against", "before")
    for words in ("What has changed on machine, aegis, warm: median cycles", "on machine, other, warm",
                  "Inputs that are not the same as before: configuration machine.yaml.",
                  "hello: kernels, warm"):
        expect(words in against, f"the comparison without {words}")


def relevant(events):
    """What a page should not cause: requests, messages, errors."""
    for event in events:
        method, details = event["method"], event["params"]
        if method == "Network.requestWillBeSent" and not details["request"]["url"].startswith("file:"):
            yield details["request"]["url"]
        if method in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            yield json.dumps(details)[:500]


def check_screen(page, url, screen, pictures):
    width, height, scheme = screen
    page.emulate(width, height, scheme)
    page.events.clear()
    page.load(url, READY)
    if pictures:
        page.screenshot(pictures / f"{width}-{scheme}.png")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait(f"{FIGURES}.every((f) => f.querySelector('svg.marks'))")
    empty = page.evaluate(f"{FIGURES}.filter((f) => {MARKS} === 0).map((f) => f.id)")
    expect(empty == [], f"{screen}: nothing is drawn in {empty}")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    expect(wide <= 0, f"{screen}: the page is {wide} pixels wider than the window")
    contrast = page.evaluate(CONTRAST)
    expect(contrast >= MIN_CONTRAST, f"{screen}: text of a contrast of {contrast:.1f}")
    told = list(relevant(page.events))
    expect(told == [], f"{screen}: the page caused\n" + "\n".join(told))
    requests = [e for e in page.events if e["method"] == "Network.requestWillBeSent"]
    expect(len(requests) == 1, f"{screen}: {len(requests)} requests")
    return page.evaluate(f"{FIGURES}.length")


def check_choices(page, url):
    """By keyboard: another machine gives another picture."""
    page.emulate(1280, 900, "light")
    page.load(url, READY)
    bars = "document.querySelector('#plot-domains-primitives .plot').innerHTML"
    before = page.evaluate(bars)
    page.evaluate("document.querySelector('#plot-domains-primitives select').focus()")
    page.key("ArrowDown")
    page.wait(f"{bars} !== {json.dumps(before)}")
    chosen = page.evaluate("document.querySelector('#plot-domains-primitives select').value")
    expect(chosen == "dec3100", f"the key chose {chosen}")


def check_commands(page, results):
    """A figure shows the command that its run is had with; Escape puts it away."""
    suite = json.loads((results / "suite.json").read_text())
    cell = "document.querySelector('#times-primitives-0 tbody td:nth-child(3)')"
    page.evaluate(f"{cell}.click()")
    shown = page.evaluate("document.querySelector('.foot code').textContent")
    wanted = next(point["command"] for point in suite["points"]
                  if (point["workload"], point["cold"]) == ("primitives", False))
    expect(shown.split() == wanted, f"the figure's command is {shown}, expected {wanted}")
    page.key("Escape")
    expect(not page.evaluate("Boolean(document.querySelector('.foot'))"), "Escape does nothing")
    lost = page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map((a) => a.hash)"
                         ".filter((hash) => !document.querySelector(hash))")
    expect(lost == [], f"links to nothing: {lost}")


def check_paper(page, pictures):
    data = base64.b64decode(page.call("Page.printToPDF", preferCSSPageSize=True,
                                      printBackground=True)["data"])
    if pictures:
        (pictures / "paper.pdf").write_bytes(data)
    expect(data.startswith(b"%PDF-"), "no PDF")
    expect(len(data) <= MAX_PDF_BYTES, f"the PDF has {len(data)} bytes")


def check_page(bench, program, pictures):
    size = (bench.folder / "out.html").stat().st_size
    expect(size <= MAX_PAGE_BYTES, f"the page has {size} bytes, at most {MAX_PAGE_BYTES}")
    url = (bench.folder / "out.html").as_uri()
    page = browser.Browser(program)
    try:
        plots = [check_screen(page, url, screen, pictures) for screen in SCREENS]
        check_choices(page, url)
        check_commands(page, bench.folder / "out")
        check_paper(page, pictures)
        check_screen(page, (bench.folder / "against.html").as_uri(), SCREENS[0], None)
    finally:
        page.close()
    return f"{size} bytes, {plots[0]} plots on {len(SCREENS)} screens"


def main():
    program, guest = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    pictures = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(program, pathlib.Path(name))
        make_results(bench, guest)
        wrong = check_wrong(bench)
        check_read_only(bench)
        check_markdown(bench)
        check_text(bench)
        said = bench("report", "out", "-o", "out.html")
        bench("report", "now", "--against", "before", "-o", "against.html")
        found = browser.find()
        if not found or "no plots" in said:
            print(f"report: the page was not looked at: {said.strip() or 'no Chromium'}")
            return SKIPPED
        print(f"report: {wrong} wrong inputs; {check_page(bench, found, pictures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
