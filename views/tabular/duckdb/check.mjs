// Runs the recipe of docs/analyse-with-duckdb.md in the folder it is started in, where
// duckdb_test.go has put what Patchwork writes, and compares what DuckDB answers with what
// the recipe says. Then it holds what is hostile against itself in three formats.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create(":memory:")).connect();

/** ask gives the rows as JSON has them. */
async function ask(sql) {
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  return JSON.stringify(rows);
}

let failed = 0;
let ran = 0;
function judge(what, got, want) {
  ran++;
  if (got === want) return;
  failed++;
  console.log(`${what}\n  got  ${got}\n  want ${want}`);
}

// A block of SQL that is followed by one of JSON must give it; "sql not run" is not.
const blocks = [...readFileSync("recipe.md", "utf8").matchAll(/^```(\S*)([^\n]*)\n([\s\S]*?)^```$/gm)];
for (const [i, [, language, note, text]] of blocks.entries()) {
  if (language !== "sql" || note !== "") continue;
  try {
    const next = blocks[i + 1];
    const got = await ask(text);
    if (next?.[1] === "json") judge(text, got, JSON.stringify(JSON.parse(next[3])));
    else ran++;
  } catch (error) {
    judge(text, String(error), "no error");
  }
}

const columns = "{'n': 'BIGINT', 'text': 'VARCHAR', 'flag': 'BOOLEAN', 'number': 'DOUBLE'}";
const sources = {
  parquet: "SELECT * FROM 'hostile.parquet'",
  ndjson: `SELECT * FROM read_json('hostile.ndjson', format = 'newline_delimited', columns = ${columns})`,
  csv: `SELECT n, plain(text) AS text, flag, number FROM read_csv('hostile.csv', header = true, allow_quoted_nulls = false, delim = ',', quote = '"', escape = '"', auto_detect = false, columns = ${columns})`,
};
for (const [format, source] of Object.entries(sources)) {
  const folded = (s) => `SELECT n, regexp_replace(text, '\\r+\\n', chr(10), 'g') AS text, flag, number FROM (${s})`;
  judge(`${format}: the rows are those of Parquet`, await ask(`${folded(source)} EXCEPT ALL ${folded(sources.parquet)} UNION ALL (${folded(sources.parquet)} EXCEPT ALL ${folded(source)})`), "[]");
  judge(`${format}: NULL and the empty text are two`, await ask(`SELECT count(*) FILTER (text IS NULL)::INTEGER AS nulls, count(*) FILTER (text = '')::INTEGER AS empty FROM (${source})`), '[{"nulls":1,"empty":1}]');
  const names = (await connection.runAndReadAll(source)).columnNames();
  judge(`${format}: the columns`, names.join(), "n,text,flag,number");
}
console.log(`DuckDB: ${ran - failed} of ${ran} hold`);
process.exit(failed === 0 ? 0 : 1);
