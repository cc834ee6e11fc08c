// What a report's page does: draws its plots from its tables, shows the command behind a figure,
// folds and unfolds. Text takes the page's colour and fills are patterns of the page, so that both
// colour schemes and print fit.
"use strict";

const kNarrow = 500; // pixels
const kLine = 12; // pixels between the lines of a name

// ---- the plotting library: one inline script, whose hash the content security policy has

async function unpackLibrary(packed) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  script.remove();
}

// ---- plots

function numberOf(cell) {
  const number = parseFloat(cell.textContent.replaceAll(",", ""));
  return Number.isNaN(number) ? null : number;
}

// "a long name of an operation" in lines of about `length` characters.
function inLines(text, length) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1];
    if (line !== "" && line.length + 1 + word.length > length) lines.push(word);
    else lines[lines.length - 1] += (line === "" ? "" : " ") + word;
  }
  return lines.join("\n");
}

function recordsOf({ table, numbers, constants }, narrow) {
  const records = [];
  for (const row of document.getElementById(table).tBodies[0].rows) {
    const operation = row.cells[0].textContent;
    const record = { operation: narrow ? inLines(operation, 22) : operation, ...constants };
    for (const [name, column] of numbers) record[name] = numberOf(row.cells[column]);
    if (numbers.some(([name]) => record[name] !== null)) records.push(record);
  }
  return records;
}

const kFont = "system-ui, sans-serif";
const ruler = document.createElement("canvas").getContext("2d");

function widest(texts) {
  ruler.font = `12px ${kFont}`;
  return Math.ceil(Math.max(0, ...texts.map((text) => ruler.measureText(text).width)));
}

function linesIn(records) {
  return Math.max(2, ...records.map(({ operation }) => operation.split("\n").length));
}

// Pixels left of the plot, for names or numbers, and right of it, for cycles.
function margins({ spec, records }, width) {
  const steps = Boolean(spec.height.step);
  const names = steps ? records.flatMap(({ operation }) => operation.split("\n")) : ["0,000,000"];
  const cycles = steps ? records.map((record) => (record.cycles ?? 0).toLocaleString("en")) : [""];
  return { left: Math.min(widest(names) + 8, Math.round(width * 0.45)), right: widest(cycles) + 12 };
}

function configured({ spec, records }, width, narrow) {
  const colours = (names) => Object.fromEntries(names.map((name) => [name, "currentColor"]));
  const { left, right } = margins({ spec, records }, width);
  return {
    ...spec,
    datasets: { figures: records },
    width: width - left - right,
    height: spec.height.step && narrow ? { step: 8 + kLine * linesIn(records) } : spec.height,
    background: null,
    padding: { left: 0, top: 4, right: 0, bottom: 4 },
    config: {
      font: kFont,
      text: { color: "currentColor", fontSize: 12 },
      axis: { ...colours(["labelColor", "titleColor", "domainColor", "tickColor", "gridColor"]),
              gridOpacity: 0.25, labelFontSize: 12, titleFontSize: 12 },
      axisY: { labelLimit: left, minExtent: left, maxExtent: left, domain: false, ticks: false,
               labelExpr: "split(datum.label, '\\n')", labelLineHeight: kLine },
      view: { stroke: null },
    },
  };
}

// Vega puts the first line of a name where a bar is; all of them together belong there.
function centreNames(compiled) {
  for (const axis of compiled.axes ?? [])
    if (axis.orient === "left" && axis.labels !== false)
      axis.encode = { ...axis.encode, labels: { update: { ...axis.encode?.labels?.update,
        dy: { signal: `${-kLine / 2} * (length(split(datum.label, '\\n')) - 1)` } } } };
  return compiled;
}

// Drawn anew in another width, a plot shows what it did.
function chooseAgain(choices, chosen) {
  choices.querySelectorAll("select").forEach((select, at) => {
    if (chosen[at] === undefined || chosen[at] === select.value) return;
    select.value = chosen[at];
    for (const name of ["input", "change"]) select.dispatchEvent(new Event(name));
  });
}

async function draw(figure) {
  const place = figure.querySelector(".plot");
  const width = place.clientWidth;
  if (width === 0 || figure.dataset.width === String(width)) return;
  figure.dataset.width = String(width);
  const narrow = width < kNarrow;
  const { spec, sources } = JSON.parse(figure.querySelector("script").textContent);
  const records = sources.flatMap((source) => recordsOf(source, narrow));
  const compiled = centreNames(vegaLite.compile(configured({ spec, records }, width, narrow)).spec);
  const choices = figure.querySelector(".choices");
  const chosen = [...choices.querySelectorAll("select")].map((select) => select.value);
  choices.replaceChildren();
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    expr: vega.expressionInterpreter,
    renderer: "svg",
    container: place,
    bind: choices,
    hover: false,
  });
  await view.runAsync();
  chooseAgain(choices, chosen);
}

async function drawAll() {
  for (const figure of document.querySelectorAll("figure")) await draw(figure);
  document.documentElement.dataset.plots = "drawn";
}

async function startPlots() {
  const library = document.getElementById("library");
  if (!library) return;
  if (typeof DecompressionStream === "undefined") {
    for (const place of document.querySelectorAll(".plot"))
      place.textContent = "This browser is too old to draw the plot (it would have to be of 2023 or later).";
    return;
  }
  await unpackLibrary(library.textContent);
  await drawAll();
  document.querySelectorAll("details").forEach((details) =>
    details.addEventListener("toggle", () => details.open && drawAll()));
  let resizing;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(drawAll, 200);
  });
}

// ---- commands: of each run in its section, of each figure at the foot of the window

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function copyButton(code) {
  const made = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      made.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      made.textContent = "Selected";
    }
    setTimeout(() => { made.textContent = "Copy"; }, 2000);
  });
  return made;
}

// The link to the command that a cell's figure is of: its own, or its column's.
function linkOf(cell) {
  const own = cell.querySelector("a");
  if (own) return own;
  return cell.closest("table").tHead.rows[cell.closest("table").tHead.rows.length - 1]
    .cells[cell.cellIndex]?.querySelector("a");
}

const foot = document.createElement("aside");
foot.className = "foot";
foot.setAttribute("role", "status");

function showCommand(link) {
  const heading = document.getElementById(link.hash.slice(1));
  const code = document.createElement("code");
  code.textContent = document.querySelector(`${link.hash} ~ pre code`).textContent;
  const text = document.createElement("pre");
  text.append(code);
  const title = document.createElement("a");
  title.href = link.hash;
  title.textContent = heading.textContent;
  foot.replaceChildren(title, copyButton(code), button("Close", () => foot.remove()), text);
  document.body.append(foot);
}

document.addEventListener("click", (event) => {
  const cell = event.target.closest("td");
  if (!cell || event.target.closest("a") || !getSelection().isCollapsed) return;
  const link = linkOf(cell);
  if (link) showCommand(link);
});
document.addEventListener("keydown", (event) => event.key === "Escape" && foot.remove());
for (const code of document.querySelectorAll("section pre code"))
  code.parentElement.before(copyButton(code));

// ---- folding

function openFolded(target) {
  target?.closest("details")?.setAttribute("open", "");
}

function foldAll(open) {
  document.querySelectorAll("details").forEach((details) => { details.open = open; });
}

function openTarget() {
  openFolded(document.getElementById(decodeURIComponent(location.hash.slice(1))));
}

addEventListener("hashchange", openTarget);
openTarget();
if (document.querySelector("nav") && document.querySelector("details"))
  document.querySelector("nav").append(button("Unfold all", () => foldAll(true)), " ",
                                       button("Fold all", () => foldAll(false)));
startPlots();
