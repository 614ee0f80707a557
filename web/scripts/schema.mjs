// Publishes the schema: graph/*.graphqls as one file, with every description. With --check it
// writes nothing, and fails where the file is not what would be written, or where a change
// breaks what was released and docs/api/changes.md does not say why. With --release what is
// published is released.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildSchema, printSchema } from "graphql";
import { objections } from "./schema-changes.mjs";

const root = new URL("../../", import.meta.url);
const published = new URL("docs/api/schema.graphql", root);
const released = new URL("docs/api/released.graphql", root);
const read = (file) => readFileSync(file, "utf8");

const parts = readdirSync(new URL("graph/", root)).filter((name) => name.endsWith(".graphqls")).sort();
const whole = parts.map((name) => read(new URL(`graph/${name}`, root))).join("\n");
// What is extended is one type here. Which policy class a field has is the server's own affair.
const present = buildSchema(whole);
const text = `# The schema of /graphql, made by \`make schema\`. docs/api/changes.md says what changed.\n\n${printSchema(present)}\n`;

const wanted = process.argv[2] ?? "";
if (wanted === "--check") check();
else {
  writeFileSync(published, text);
  if (wanted === "--release") writeFileSync(released, text);
}

function check() {
  if (text !== read(published)) fail("docs/api/schema.graphql is not what the graph says: run `make schema` and commit");
  const found = objections(buildSchema(read(released)), present, read(new URL("docs/api/changes.md", root)));
  if (found.length > 0) {
    fail(`the schema breaks, or may surprise, clients of docs/api/released.graphql:\n  ${found.join("\n  ")}\nLeave it as it was, or say why under "Unreleased" in docs/api/changes.md: - \`the change, word for word\`: the reason`);
  }
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
