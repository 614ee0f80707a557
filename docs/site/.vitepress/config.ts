import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const pages = join(dirname(fileURLToPath(import.meta.url)), "../pages");

/** A heading's name in addresses, as forges make it: docs/snippets/links_test.go has the same. */
const slugify = (title: string) => title.toLowerCase().replace(/[^\p{L}\p{N}\-_ ]/gu, "").replace(/ /g, "-");

const item = (text: string, link: string) => ({ text, link });
/** The pages of a folder, by their names. */
const folder = (name: string) =>
  readdirSync(join(pages, name))
    .filter((file) => file.endsWith(".md") && file !== "index.md")
    .sort()
    .map((file) => item(file.slice(0, -3), `/${name}/${file.slice(0, -3)}`));

/** Pages of a folder that a release may not have. */
const optional = (title: string, name: string) => {
  try {
    return [{ text: title, items: folder(name) }];
  } catch {
    return [];
  }
};

export default defineConfig({
  lang: "en-GB",
  title: "Patchwork",
  description: "A shared care record for a health and care region",
  srcDir: "pages",
  outDir: "../../dist/site",
  cacheDir: ".vitepress/cache",
  metaChunk: true,
  markdown: {
    anchor: { slugify },
    languageAlias: { console: "shellsession", csv: "text" },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    nav: [item("Try it", "/patchwork#try-it"), item("Add a source", "/add-a-source"), item("API", "/build-on-the-api"), item("Policy", "/policy")],
    sidebar: [
      {
        text: "You are …",
        items: [
          item("a clinician", "/for/clinicians"),
          item("an integration engineer", "/for/integration-engineers"),
          item("an analyst", "/for/analysts"),
          item("a front-end developer", "/for/developers"),
          item("a privacy lead", "/for/privacy-leads"),
          item("an operator", "/for/operators"),
          item("a contributor", "/for/contributors"),
        ],
      },
      { text: "Join the region", items: [item("Add a source", "/add-a-source"), item("From shadow to live", "/life-cycle"), item("Social care", "/social-care"), item("Sign-in", "/sign-in"), item("Add an organisation", "/add-an-organisation"), item("SMART", "/smart"), item("FHIRcast", "/fhircast"), item("Linking", "/linking"), item("Search", "/search")] },
      { text: "Policy and proof", items: [item("Policy", "/policy"), item("Planning and research", "/views-governance"), item("The ledger", "/ledger"), item("Safety", "/safety")] },
      ...optional("Safety case", "safety"),
      { text: "Use it", items: [item("Lists", "/lists"), item("Views", "/views"), item("DuckDB", "/analyse-with-duckdb"), item("Results", "/results"), item("Documents", "/documents"), item("The viewer", "/viewer")] },
      { text: "Build on it", items: [item("Build on the API", "/build-on-the-api"), ...folder("api"), item("FHIR", "/fhir")] },
      { text: "Run it", items: [item("Load", "/load"), item("Under faults", "/assurance/faults")] },
      ...optional("Operate", "operate"),
      { text: "Change it", items: [item("Contributing", "/contributing"), item("Architecture", "/architecture"), item("Add a section", "/add-a-section"), item("Walk-throughs", "/walkthroughs/"), item("Decisions", "/decisions/"), item("Roadmap", "/roadmap")] },
    ],
  },
});
