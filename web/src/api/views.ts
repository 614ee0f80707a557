import { ask } from "./graphql";
import {
  type ViewCohortsQuery,
  type ViewColumnInput,
  type ViewCountsQuery,
  ViewCountsDocument,
  type ViewFactsFragment,
  type ViewFieldsQuery,
  type ViewNoticesFactsFragment,
  ViewRowsDocument,
  type ViewRunFactsFragment,
  type ViewScheduleFactsFragment,
  ViewRunAsItIsDocument,
} from "./generated/graphql";

/* Custom views. Rows live in this page's memory and nowhere else. */

export type ViewFacts = ViewFactsFragment;
export type ViewRunFacts = ViewRunFactsFragment;
export type ViewSchedule = ViewScheduleFactsFragment;
export type ViewNotices = ViewNoticesFactsFragment;
export type ViewNotice = ViewNotices["notices"][number];
export type ViewDifferences = NonNullable<ViewRunFacts["differences"]>;
export type ViewHeading = ViewRunFacts["headings"][number];
export type ViewSection = NonNullable<ViewFieldsQuery["viewFields"]>[number];
export type ViewField = ViewSection["fields"][number];
export type ViewColumn = NonNullable<ViewFacts["columns"]>[number];
export type ViewCohort = NonNullable<ViewCohortsQuery["viewCohorts"]>[number];
export type ViewCount = NonNullable<NonNullable<ViewCountsQuery["viewRun"]>["counts"]>[number];
export type { ViewColumnInput };

/** The cells of one row, by the run's headings. */
export type Cells = readonly (string | null)[];

/** The most rows that one answer gives. */
const aPage = 1000;

const polledEvery = 500;

/** Whether a run still goes on. */
export function goesOn({ state }: Pick<ViewRunFacts, "state">): boolean {
  return state === "QUEUED" || state === "RUNNING";
}

/** Follows a run to its end, telling how far it is; gives it as it ended. */
export async function followRun(id: string, tell: (run: ViewRunFacts) => void, signal: AbortSignal): Promise<ViewRunFacts> {
  for (;;) {
    const now = await ask(ViewRunAsItIsDocument, { id }, (data) => data.viewRun, signal);
    tell(now);
    if (!goesOn(now)) return now;
    await pause(polledEvery, signal);
  }
}

/** Reads the rows of a run that is done, a page at a time, up to so many. */
export async function readRows(id: string, upTo: number, tell: (rows: readonly Cells[]) => void, signal: AbortSignal): Promise<void> {
  let rows: readonly Cells[] = [];
  while (rows.length < upTo) {
    const first = Math.min(aPage, upTo - rows.length);
    const page = await ask(ViewRowsDocument, { id, offset: rows.length, first }, (data) => data.viewRun?.page, signal);
    rows = [...rows, ...page.map((row) => row.cells)];
    tell(rows);
    if (page.length < first) return;
  }
}

/** How many people have which values of one column or two. */
export function countsBy(id: string, columns: readonly string[], signal: AbortSignal): Promise<readonly ViewCount[]> {
  return ask(ViewCountsDocument, { id, by: [...columns] }, (data) => data.viewRun?.counts, signal);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new DOMException("superseded", "AbortError"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}

