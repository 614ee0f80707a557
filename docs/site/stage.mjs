// Puts the pages of the repository where the site's generator finds them, under docs/site/pages:
// links between pages lead to where those are then, and links to anything else in the
// repository become its path, because the site is read without the repository.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const site = dirname(fileURLToPath(import.meta.url));
const root = join(site, "../..");
const pages = join(site, "pages");

/** The page that a file becomes; null if it is none. */
function pageOf(file) {
  if (file === "README.md") return "patchwork.md";
  if (["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].includes(file)) return file.toLowerCase();
  const connector = /^sources\/(\w+)\/README\.md$/.exec(file);
  if (connector) return `connectors/${connector[1]}.md`;
  if (file === "demo/README.md") return "demo.md";
  if (file.startsWith("docs/") && file.endsWith(".md")) return file.slice("docs/".length).replace(/README\.md$/, "index.md").replace(/^index\.md$/, "documents-index.md");
  return null;
}

function* filesUnder(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const name = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules" && name !== "docs/site" && name !== "docs/snippets") yield* filesUnder(name);
    } else yield name;
  }
}

const sources = [...filesUnder("docs"), ...filesUnder("sources"), "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "demo/README.md"];
const known = new Map(sources.flatMap((file) => (pageOf(file) === null ? [] : [[file, pageOf(file)]])));
// What pages hand out beside themselves: the schema, examples.
const files = sources.filter((file) => /^docs\/(api|examples)\/.*\.(graphql|yaml)$/.test(file));

/** A link as the site has it. */
function link(from, text, to) {
  if (/^[a-z]+:/.test(to) || to.startsWith("#")) return `[${text}](${to})`;
  const [path, name = ""] = to.split("#");
  const target = posix.join(posix.dirname(from), path).replace(/\/$/, "");
  const page = known.get(target) ?? known.get(`${target}/README.md`);
  if (page !== undefined) {
    const way = posix.relative(posix.dirname(known.get(from)), page);
    return `[${text}](${way.startsWith(".") ? way : `./${way}`}${name && `#${name}`})`;
  }
  if (files.includes(target)) return `<a href="/${target.slice("docs/".length)}" target="_self">${text.replaceAll("`", "")}</a>`;
  return text.includes(target) ? text : `${text} (\`${target}\`)`;
}

/** The page's text with its links led elsewhere; what stands in blocks and between backticks is left. */
function led(from, text) {
  let fence = "";
  return text
    .split("\n")
    .map((line) => {
      const mark = /^ *(```+|~~~+)/.exec(line)?.[1];
      if (fence) {
        if (line.trim() === fence) fence = "";
        return line;
      }
      if (mark) {
        fence = mark;
        return line.replace(/^( *```)console\b.*/, "$1console").replace(/^( *```\w+) .*/, "$1");
      }
      if (/^\s*<!--.*-->\s*$/.test(line)) return null;
      const task = line.replace(/^(\s*)- \[ \] /, '$1- <input type="checkbox" aria-label="done" disabled> ');
      return task.replace(/(`[^`]*`)|\[([^\]]*)\]\(([^)\s]+)\)/g, (all, code, words, to) => (code !== undefined ? all : link(from, words, to)));
    })
    .filter((line) => line !== null)
    .join("\n");
}

rmSync(pages, { recursive: true, force: true });
for (const [file, page] of known) {
  const to = join(pages, page);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, led(file, readFileSync(join(root, file), "utf8")));
}
for (const file of files) {
  const to = join(pages, "public", file.slice("docs/".length));
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(root, file), to);
}
cpSync(join(site, "index.md"), join(pages, "index.md"));
console.log(`${known.size} pages`);
