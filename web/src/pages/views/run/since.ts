import type { Cells, ViewHeading, ViewRunFacts } from "../../../api/views";
import { formatInstant } from "../../../ui/dates";

/*
 * What a row is since the run before. The server keeps digests alone; what it says stands in
 * two columns of the rows.
 */

const changes: Readonly<Record<string, string>> = { NEW: "New", CHANGED: "Changed", SAME: "As before", UNKNOWN: "Not known" };

/** What the columns are called where people read them. */
const names: Readonly<Record<string, string>> = { _change: "What is new", _since: "Since" };

/** Headings and rows with what is new in words, at the beginning of the row; without it where there is nothing to compare with. */
export function sinceShown(run: Pick<ViewRunFacts, "headings" | "differences">, rows: readonly Cells[]): { readonly headings: readonly ViewHeading[]; readonly rows: readonly Cells[] } {
  const at = run.headings.findIndex((h) => h.name === "_change");
  const since = run.headings.findIndex((h) => h.name === "_since");
  if (at < 0) return { headings: run.headings, rows };
  const rest = run.headings.flatMap((_, i) => (i === at || i === since ? [] : [i]));
  const of = run.differences ? [at, since].filter((i) => i >= 0) : [];
  const order = [...of, ...rest];
  return {
    headings: order.flatMap((i) => {
      const heading = run.headings[i];
      return heading === undefined ? [] : [{ ...heading, name: names[heading.name] ?? heading.name, kind: i === at || i === since ? "string" : heading.kind }];
    }),
    rows: rows.map((cells) => order.map((i) => (i === at ? changeWords(cells[i] ?? null) : i === since ? sinceWords(cells[i] ?? null) : (cells[i] ?? null)))),
  };
}

/** What is not one of the words is not known, and never as before. */
function changeWords(change: string | null): string {
  return changes[change ?? ""] ?? "Not known";
}

function sinceWords(since: string | null): string {
  return since === null ? "the first run, or not known" : formatInstant(since);
}

/** The rows that are new or changed. */
export function freshOf(headings: readonly ViewHeading[], rows: readonly Cells[]): readonly Cells[] {
  const at = headings.findIndex((h) => h.name === names._change);
  return at < 0 ? rows : rows.filter((cells) => cells[at] === changes.NEW || cells[at] === changes.CHANGED);
}
