import type { Cells, ViewColumn, ViewCount, ViewHeading } from "../../../api/views";
import { count } from "../../../ui/words";
import { type Coverage, emptiness } from "../run/coverage";
import type { Use } from "./uses";

/** One row of what a chart is drawn of. */
export type Datum = Readonly<Record<string, string | number | null>>;

export interface ChartData {
  readonly rows: readonly Datum[];
  /** What the drawing does not tell by itself, a sentence each. */
  readonly around: readonly string[];
}

/** The most rows that a chart is drawn of. */
export const mostDrawn = 10_000;

/** The column of how many people, where a chart is of counts. */
export const people = "people";

const none = "Nothing recorded";
const notKnown = "Not known";

/**
 * The rows of a run as a chart takes them. What is not known is never a number and never
 * "nothing recorded" (hazard H-02): it is a value of its own where values are named, and
 * left out and told where they are measured.
 */
export function rowsAsData(rows: readonly Cells[], headings: readonly ViewHeading[], coverage: Coverage, columns: ReadonlyMap<string, ViewColumn>, uses: ReadonlyMap<string, Use>): ChartData {
  const left = { without: new Map<string, number>(), unknown: new Map<string, number>(), roughly: new Map<string, number>() };
  const more = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1);
  const at = headings.flatMap((heading, i) => (heading.coverage || !uses.has(heading.name) ? [] : [{ heading, i }]));
  const data = rows.map((cells): Datum =>
    Object.fromEntries(
      at.map(({ heading: { name, kind }, i }): [string, string | number | null] => {
        const use = uses.get(name) ?? "name";
        const column = columns.get(name);
        const text = cells[i] ?? null;
        const known = emptiness(coverage, cells, column) === "none";
        const counts = column?.take === "COUNT" || (column === undefined && kind === "integer" && text === "0");
        if (text === null || text === "" || (!known && counts)) {
          if (use === "name") return [name, known ? none : notKnown];
          more(known ? left.without : left.unknown, name);
          return [name, null];
        }
        if (use === "number") {
          const n = numberOf(text, kind);
          if (n === null) more(left.without, name);
          return [name, n];
        }
        if (use === "date") {
          const moment = momentOf(text);
          if (moment === null) more(left.without, name);
          else if (/^\d{4}(-\d\d)?$/.test(text)) more(left.roughly, name);
          return [name, moment];
        }
        const said = kind === "boolean" ? (text === "true" ? "Yes" : text === "false" ? "No" : text) : text;
        return [name, !known && column?.take === "ALL" ? `${said}, perhaps more` : said];
      }),
    ),
  );
  const told = (map: ReadonlyMap<string, number>, words: (n: string, name: string) => string) => [...map].map(([name, n]) => words(count(n, "row"), name));
  return {
    rows: data,
    around: [
      ...told(left.unknown, (n, name) => `Not drawn: ${n} of which ${name} is not known, because a system did not answer.`),
      ...told(left.without, (n, name) => `Not drawn: ${n} without a value of ${name} that could be.`),
      ...told(left.roughly, (n, name) => `Drawn at the beginning of the month or year: ${n} of which ${name} is not known more exactly.`),
    ],
  };
}

/** The counts of a run as a chart takes them. A count that is held back is drawn as nothing, and its name is marked. */
export function countsAsData(counts: readonly ViewCount[], columns: readonly string[]): ChartData {
  const told = counts.filter((c) => c.total.length === 0);
  const held = told.filter((c) => (c.people ?? null) === null).length;
  return {
    rows: told.map((c) => ({
      ...Object.fromEntries(columns.map((name, i) => [name, `${(c.people ?? null) === null && columns.length === 1 ? "* " : ""}${c.values[i] ?? "No value, or not answered"}`])),
      [people]: c.people ?? null,
    })),
    around: held === 0 ? [] : [`Not drawn${columns.length === 1 ? ", and marked *" : ""}: ${count(held, "number")} of people that cannot be told. ${held === 1 ? "It is" : "They are"} not none.`],
  };
}

function numberOf(text: string, kind: string): number | null {
  if (kind === "boolean") return text === "true" ? 1 : 0;
  const n = Number(text);
  return Number.isFinite(n) ? n : null;
}

/** A date as the clock of this browser has it, so that it stands on its own day; null if it cannot be read. */
export function momentOf(text: string): number | null {
  const [, year, month = "1", day = "1"] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (year === undefined) {
    const at = text.includes("T") ? Date.parse(text) : NaN;
    return Number.isNaN(at) ? null : at;
  }
  const at = new Date(2000, 0, 1);
  at.setFullYear(Number(year), Number(month) - 1, Number(day));
  return at.getTime();
}
