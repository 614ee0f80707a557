// Compresses what is served and prints the weight of the first page; fails above the limit.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const limit = 250_000;
// What asks for access before the page is built: it is to be there before everything else.
const startLimit = 30_000;
// What reads PDF comes with the first PDF somebody opens, and never with a page.
const withPdf = /^(PdfPages|pdf\.worker)[\w.-]*\.m?js$/;
const dist = new URL("../dist/", import.meta.url).pathname;

const sizes = new Map();
for (const name of readdirSync(join(dist, "assets"))) {
  if (!/\.(m?js|css|svg)$/.test(name)) continue;
  const packed = gzipSync(readFileSync(join(dist, "assets", name)), { level: 9 });
  writeFileSync(join(dist, "assets", `${name}.gz`), packed);
  sizes.set(name, packed.length);
}

/** Names what a text loads: the scripts and styles in it and those they import at once; what is imported when it is wanted, import("…"), is no part of it. */
function follow(text, seen) {
  for (const [, name] of text.matchAll(/(?<!import\()["'](?:\/assets\/|\.\/)([\w.-]+\.(?:js|css))["']/g)) {
    if (seen.has(name) || !sizes.has(name) || withPdf.test(name)) continue;
    seen.add(name);
    if (name.endsWith(".js")) follow(readFileSync(join(dist, "assets", name), "utf8"), seen);
  }
  return seen;
}

/** What a page weighs. */
function weigh(page) {
  const seen = follow(readFileSync(join(dist, page), "utf8"), new Set());
  let total = 0;
  for (const name of [...seen].sort()) {
    total += sizes.get(name);
    console.log(`  ${(sizes.get(name) / 1000).toFixed(1).padStart(7)} kB gzip  ${name}`);
  }
  console.log(`${page}: ${(total / 1000).toFixed(1)} kB gzip`);
  return total;
}

for (const name of sizes.keys()) {
  if (!name.endsWith(".js") || withPdf.test(name)) continue;
  if (/(?:from|import)\s*["']\.\/PdfPages[\w.-]*["']/.test(readFileSync(join(dist, "assets", name), "utf8"))) {
    console.error(`${name} loads the reader of PDF at once`);
    process.exit(1);
  }
}
weigh("graphiql.html");
const [, first = ""] = /<script[^>]* type="module"[^>]*src="\/assets\/([\w.-]+)"/.exec(readFileSync(join(dist, "index.html"), "utf8")) ?? [];
const start = follow(`"/assets/${first}"`, new Set());
const startWeight = [...start].reduce((sum, name) => sum + sizes.get(name), 0);
console.log(`what asks for access: ${(startWeight / 1000).toFixed(1)} kB gzip of at most ${startLimit / 1000} kB in ${start.size} scripts`);
if (start.size === 0 || startWeight > startLimit) {
  console.error(`what asks for access before the page is built is heavier than ${startLimit / 1000} kB`);
  process.exit(1);
}
if (weigh("index.html") > limit) {
  console.error(`index.html is heavier than ${limit / 1000} kB`);
  process.exit(1);
}
