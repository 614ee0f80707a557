import type { Cells, ViewColumn, ViewHeading } from "../../../api/views";
import { count, list, stop } from "../../../ui/words";

/*
 * What a row does not know (hazard H-02). An empty cell says that nothing is recorded only
 * where every source has told all it holds; here it is found out where that is not so.
 */

/** A source that has not told all it holds, of a section. */
export interface Gap {
  readonly section: string;
  /** The source's id; "withheld" for fields that are kept back. */
  readonly source: string;
  readonly status: string;
}

const answered = ["ANSWERED", "EMPTY", "ASSERTED_NONE", "NOT_REGISTERED", "NOT_OFFERED"];
const before = "_coverage_";
const concluded = "_verdict_";

/** Where in a row stands which sources answered. */
export interface Coverage {
  readonly complete: number;
  /** `verdict` is where what may be concluded stands; -1 in rows that were kept without it. */
  readonly sections: readonly { readonly section: string; readonly at: number; readonly verdict: number }[];
}

export function coverageOf(headings: readonly ViewHeading[]): Coverage {
  return {
    complete: headings.findIndex((h) => h.coverage && h.name === "_complete"),
    sections: headings.flatMap((h, at) => (h.coverage && h.name.startsWith(before) ? [{ section: h.name.slice(before.length), at, verdict: verdictAt(headings, h.name.slice(before.length)) }] : [])),
  };
}

function verdictAt(headings: readonly ViewHeading[], section: string): number {
  return headings.findIndex((h) => h.coverage && h.name === concluded + section);
}

/** Only the word itself says that a row is complete. */
export function isComplete(coverage: Coverage, cells: Cells): boolean {
  return coverage.complete >= 0 && cells[coverage.complete] === "true";
}

/** What is missing from a row. Empty although it is not complete means that nobody said what. */
export function gapsOf(coverage: Coverage, cells: Cells): readonly Gap[] {
  return coverage.sections.flatMap(({ section, at }) =>
    (cells[at] ?? "")
      .split(" ")
      .filter(Boolean)
      .flatMap((said): Gap[] => {
        const cut = said.lastIndexOf("=");
        const [source, status] = said.startsWith("withheld=") ? ["withheld", said.slice(9)] : [said.slice(0, cut), said.slice(cut + 1)];
        return answered.includes(status) ? [] : [{ section, source, status }];
      }),
  );
}

const verbs: Readonly<Record<string, string>> = {
  PENDING: "not yet answered by",
  TIMED_OUT: "not answered in time by",
  UNAVAILABLE: "not answered by",
  PARTIAL: "answered only in part by",
  UNKNOWN: "it is not known whether held by",
  WITHHELD: "withheld at",
};

/** The gaps of a row as sentences: "Allergies: not answered by Riverside Hospital." */
export function gapWords(gaps: readonly Gap[], title: (section: string) => string, source: (id: string) => string): readonly string[] {
  const groups = new Map<string, { section: string; verb: string; names: string[] }>();
  for (const gap of gaps) {
    const verb = gap.source === "withheld" ? "" : (verbs[gap.status] ?? "not answered by");
    const group = groups.get(`${gap.section} ${verb}`) ?? { section: gap.section, verb, names: [] };
    group.names.push(gap.source === "withheld" ? gap.status.split("+").join(", ") : source(gap.source));
    groups.set(`${gap.section} ${verb}`, group);
  }
  return [...groups.values()].map(({ section, verb, names }) => stop(verb === "" ? `${title(section)}: withheld from you: ${list(names)}` : `${title(section)}: ${verb} ${list(names)}`));
}

/** What a cell says that has no value, or a number that may be too small. */
export type Emptiness = "none" | "none-known" | "not-known";

/**
 * What no value means in a column: of a picked column by its section alone, else by the
 * whole row. Nothing is "none" where anything that the column shows is missing; "none-known"
 * is that somebody has stated that there are none.
 */
export function emptiness(coverage: Coverage, cells: Cells, column: ViewColumn | undefined): Emptiness {
  const own = column === undefined ? undefined : coverage.sections.find((s) => s.section === column.section);
  // The verdict is the server's, and is given only where every source has answered.
  if (own !== undefined && cells[own.verdict] === "NONE_KNOWN") return "none-known";
  if (isComplete(coverage, cells)) return "none";
  if (own === undefined || (cells[own.at] ?? "") === "") return "not-known";
  return gapsOf({ complete: -1, sections: [own] }, cells).length === 0 ? "none" : "not-known";
}

/** What a run says of itself beside its rows. */
interface Around {
  readonly list?: string | null;
  readonly lacking?: string | null;
  readonly leftOut: number;
  readonly waiting: number;
  readonly secondary: boolean;
}

/** What stands over the rows: who was left out and what had not come, in words. */
export function aroundWords(run: Around, incomplete: number, rows: number): readonly string[] {
  return [
    run.lacking ?? "",
    run.leftOut > 0
      ? `${count(run.leftOut, "person", "people")} ${run.list === null ? "whom the search found" : "on the list"} ${run.leftOut === 1 ? "is" : "are"} left out: you may not see them, it cannot be told for certain who they are${run.secondary ? ", or they have opted out" : ""}.`
      : "",
    run.waiting > 0 ? `${count(run.waiting, "answer")} of systems had not come when the rows were kept. Run it again to ask once more.` : "",
    incomplete > 0 ? `${incomplete} of ${count(rows, "row")} ${incomplete === 1 ? "is" : "are"} incomplete: in ${incomplete === 1 ? "it" : "them"} no value does not mean that there is none.` : "",
  ].filter(Boolean);
}
