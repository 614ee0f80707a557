// Compresses what is served and prints the weight of the first page; fails above the limit.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const limit = 250_000;
// What speaks OAuth: asked for beside the first page, and no reason for it to grow.
const oauthLimit = 12_000;
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

/** What a page loads: its own scripts and styles and those it imports at once; what it imports when it is wanted, import("…"), is no part of it. */
function weigh(page) {
  const seen = new Set();
  const follow = (text) => {
    for (const [, name] of text.matchAll(/(?<!import\()["'](?:\/assets\/|\.\/)([\w.-]+\.(?:js|css))["']/g)) {
      if (seen.has(name) || !sizes.has(name) || withPdf.test(name)) continue;
      seen.add(name);
      if (name.endsWith(".js")) follow(readFileSync(join(dist, "assets", name), "utf8"));
    }
  };
  follow(readFileSync(join(dist, page), "utf8"));
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
const [oauth, ...others] = [...sizes].filter(([name]) => /^oauth-[\w-]+\.js$/.test(name));
if (oauth === undefined || others.length > 0) {
  console.error("the OAuth client is not in one chunk of its own");
  process.exit(1);
}
console.log(`${oauth[0]}: ${(oauth[1] / 1000).toFixed(1)} kB gzip of at most ${oauthLimit / 1000} kB`);
if (oauth[1] > oauthLimit) {
  console.error(`the OAuth client is heavier than ${oauthLimit / 1000} kB`);
  process.exit(1);
}
if (weigh("index.html") > limit) {
  console.error(`index.html is heavier than ${limit / 1000} kB`);
  process.exit(1);
}
