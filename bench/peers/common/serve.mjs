// How every server here begins and ends: the sources are in the environment, the first
// line says where it listens, and the end of standard input ends it.
import { readFileSync } from "node:fs";

export const addresses = JSON.parse(process.env.BENCH_SOURCES);
export const typeDefs = readFileSync(new URL("schema.graphql", import.meta.url), "utf8");

export function ready(port) {
  process.stdout.write(JSON.stringify({ URL: `http://127.0.0.1:${port}/graphql` }) + "\n");
  process.stdin.on("end", () => process.exit(0)).resume();
}
