// Makes one script of vega, vega-lite and vega-interpreter, as they are in node_modules: it defines
// `vega`, with expressionInterpreter, and `vegaLite`. The interpreter evaluates what specifications
// say without making code of it, which the page's content security policy forbids.
// node bundle.mjs FILE writes two lines: the script's hash, as that policy takes it, and the script
// deflated and in base64.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { constants, deflateSync } from "node:zlib";

const read = (path) => readFileSync(`node_modules/${path}`, "utf8").replace(/^\/\/# source.*$/gm, "");

function replaced(text, pattern, by) {
  if (!pattern.test(text)) throw new Error(`vega-interpreter has no ${pattern}: another version?`);
  return text.replace(pattern, by);
}

let interpreter = read("vega-interpreter/build/vega-interpreter.js");
interpreter = replaced(interpreter, /import (\{[^}]*\}) from 'vega-util';/, "const $1 = vega;");
interpreter = replaced(interpreter, /export \{ expression as expressionInterpreter \};/,
                       "vega.expressionInterpreter = expression;");

const licences = ["vega", "vega-lite", "vega-interpreter"].map((name) => {
  const { version, license } = JSON.parse(read(`${name}/package.json`));
  return `${name} ${version} (${license})`;
});
const bundle = [
  `/* ${licences.join(", ")}; https://vega.github.io */`,
  read("vega/build/vega.min.js"),
  read("vega-lite/build/vega-lite.min.js"),
  `(function () {\n${interpreter}})();`,
].join("\n;");
const hash = createHash("sha256").update(bundle).digest("base64");
const packed = deflateSync(bundle, { level: constants.Z_BEST_COMPRESSION }).toString("base64");
writeFileSync(process.argv[2], `sha256-${hash}\n${packed}\n`);
