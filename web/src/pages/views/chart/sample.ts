import { type ChartData, people } from "./data";
import type { Use } from "./uses";

/* Made-up values, by which it is seen how a chart will look before anything was run. */

const letters = ["A", "B", "C", "D"];

/** Rows that are made up. */
export function sampleRows(uses: ReadonlyMap<string, Use>): ChartData {
  const rows = Array.from({ length: 60 }, (_, i) =>
    Object.fromEntries(
      [...uses].map(([name, use], at): [string, string | number] => {
        const n = (i * (7 + at * 4) + ((i * i) % 5) + at) % 23;
        return [name, use === "number" ? n : use === "date" ? new Date(2026, n % 12, 1 + (n % 28)).getTime() : `Value ${letters[(i + Math.floor(i / (4 + at))) % (at === 0 ? 4 : 3)] ?? ""}`];
      }),
    ),
  );
  return { rows, around: [] };
}

/** Counts that are made up. */
export function sampleCounts(columns: readonly string[]): ChartData {
  const of = (at: number) => letters.map((l) => (at === 0 ? `Value ${l}` : `Group ${l}`)).slice(0, at === 0 ? 4 : 3);
  const [one = "", other] = columns;
  const rows = of(0).flatMap((a, i) => (other === undefined ? [{ [one]: a, [people]: 20 + ((i * 35) % 60) }] : of(1).map((b, j) => ({ [one]: a, [other]: b, [people]: 15 + ((i * 35 + j * 20) % 45) }))));
  return { rows, around: [] };
}
