import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError, run, wasAborted } from "../../../api";
import { PatientTimelineDocument, type PatientTimelineQuery, type PatientTimelineQueryVariables } from "../../../api/generated/graphql";
import { sentenceOf } from "../../../components/problems";
import { asked, type Filters } from "./filters";

type Line = NonNullable<PatientTimelineQuery["patient"]>["timeline"];
/** One entry in its place. */
export type Edge = Line["edges"][number];
export type Gap = Line["missing"][number];
export type Counted = NonNullable<Line["axis"]>;
export type Facets = NonNullable<Line["facets"]>;

/** What is known of the whole line, and the rows that have been read of it. */
export interface Overview {
  readonly total: number;
  readonly undated: number;
  readonly span: Line["span"];
  readonly axis: Counted;
  readonly groups: Counted;
  readonly facets: Facets;
}

/** How many rows are read at once; the server's most. */
export const pageSize = 100;
const pauses = [1000, 2000, 4000, 8000];
const patience = 60_000;

type Ask = Partial<PatientTimelineQueryVariables>;

/** One answer about the person asked for; anything else is an error (hazard H-01). */
async function read(id: string, filters: Filters, more: Ask, signal: AbortSignal, passive?: "passive"): Promise<Line> {
  const variables = { id, wait: 800, first: pageSize, whole: false, ...asked(filters), ...more };
  const answer = await run(PatientTimelineDocument, variables, signal, passive);
  const patient = answer.data?.patient;
  if (patient?.id === id) return patient.timeline;
  if (patient) throw new ApiError("The answer was about another person and was dropped", "WRONG_PATIENT", answer.requestId);
  const said = answer.problems[0];
  throw new ApiError(said?.message ?? "Nothing came back", said?.code ?? "UNREADABLE", said?.requestId ?? answer.requestId);
}

interface Held {
  readonly key: string;
  readonly overview: Overview;
  readonly rows: ReadonlyMap<number, Edge>;
}

export interface Timeline {
  /** Another one for every reading: what belongs to a place in the line belongs to one reading. */
  readonly reading: string;
  /** Null until the first answer. */
  readonly overview: Overview | null;
  /** By place in the line; what is not in it has not been read yet. */
  readonly rows: ReadonlyMap<number, Edge>;
  readonly missing: readonly Gap[];
  /** What is shown is not yet what the filters say. */
  readonly busy: boolean;
  readonly problem: string;
  /** How many entries there are more, or fewer, than are shown. */
  readonly late: number;
  /** Reads the rows between two places, once the reader has stopped there. */
  readonly need: (first: number, last: number) => void;
  /** Reads all rows up to a place; resolves when they are there. */
  readonly needAll: (most: number) => Promise<void>;
  /** Shows what has come meanwhile, or asks again. */
  readonly again: () => void;
}

/**
 * Reads one person's timeline: what counts it at once, its rows where the reader is. What
 * systems answer late is noticed and offered, never moved in under the reader's eyes.
 * `arrived` changes whenever the record has heard from a system.
 */
export function useTimeline(id: string, filters: Filters, arrived: string): Timeline {
  const [version, setVersion] = useState(0);
  const key = useMemo(() => JSON.stringify([id, filters, version]), [id, filters, version]);
  const [held, setHeld] = useState<Held | null>(null);
  const [missing, setMissing] = useState<readonly Gap[]>([]);
  const [problem, setProblem] = useState<{ readonly key: string; readonly words: string } | null>(null);
  const [late, setLate] = useState(0);
  const latest = useRef<Held | null>(null);
  const pages = useRef(new Map<number, AbortController>());
  const soon = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const put = useCallback((next: Held) => {
    latest.current = next;
    setHeld(next);
  }, []);
  const again = useCallback(() => {
    setVersion((n) => n + 1);
  }, []);

  useEffect(() => {
    const controller = new AbortController();
    const inFlight = pages.current;
    read(id, filters, { whole: true }, controller.signal).then(
      (line) => {
        if (controller.signal.aborted || !line.axis || !line.groups || !line.facets) return;
        const overview = { total: line.totalCount, undated: line.undated, span: line.span, axis: line.axis, groups: line.groups, facets: line.facets };
        put({ key, overview, rows: new Map(line.edges.map((e, i) => [i, e])) });
        setMissing(line.missing);
        setProblem(null);
        setLate(0);
      },
      (error: unknown) => {
        if (!controller.signal.aborted && !wasAborted(error)) setProblem({ key, words: sentenceOf(error) });
      },
    );
    return () => {
      controller.abort();
      clearTimeout(soon.current);
      inFlight.forEach((page) => {
        page.abort();
      });
      inFlight.clear();
    };
  }, [id, filters, key, put]);

  const shown = held?.key === key;

  // Asks whether there is more: when the record has heard from a system, and as long as one is awaited.
  const awaited = shown && missing.some((g) => g.outcome.status === "PENDING");
  const heard = useRef("");
  useEffect(() => {
    if (!shown) return;
    const first = heard.current === "";
    const news = heard.current !== arrived;
    heard.current = arrived;
    if (!awaited && (first || !news)) return;
    const controller = new AbortController();
    const look = async () => {
      const began = performance.now();
      for (let round = 0; ; round++) {
        if (round > 0 || !news) await pause(pauses[Math.min(round, pauses.length - 1)] ?? 0, controller.signal);
        if (controller.signal.aborted || performance.now() - began > patience) return;
        const line = await read(id, filters, { first: 1, wait: 2000 }, controller.signal, "passive");
        const now = latest.current;
        if (now === null) return;
        setMissing((was) => (JSON.stringify(was) === JSON.stringify(line.missing) ? was : line.missing));
        const more = line.totalCount - now.overview.total;
        if (more !== 0 && now.overview.total === 0) again();
        setLate(more);
        if (!line.missing.some((g) => g.outcome.status === "PENDING")) return;
      }
    };
    look().catch(() => {
      // What is shown stays; that a system is awaited is still said.
    });
    return () => {
      controller.abort();
    };
  }, [id, filters, shown, awaited, arrived, again]);

  const fetchPage = useCallback(
    async (page: number, of: string) => {
      if (pages.current.has(page)) return;
      const controller = new AbortController();
      pages.current.set(page, controller);
      try {
        const before = latest.current?.rows.get(page * pageSize - 1)?.cursor;
        const from: Ask = before === undefined ? { skip: page * pageSize } : { after: before };
        const line = await read(id, filters, from, controller.signal);
        const now = latest.current;
        if (now?.key !== of || controller.signal.aborted) return;
        const rows = new Map(now.rows);
        line.edges.forEach((e, i) => rows.set(page * pageSize + i, e));
        put({ ...now, rows });
        setMissing((was) => (JSON.stringify(was) === JSON.stringify(line.missing) ? was : line.missing));
        setLate(line.totalCount - now.overview.total);
      } catch (error) {
        if (!wasAborted(error) && !controller.signal.aborted) setProblem({ key: of, words: sentenceOf(error) });
      } finally {
        if (pages.current.get(page) === controller) pages.current.delete(page);
      }
    },
    [id, filters, put],
  );

  const need = useCallback(
    (first: number, last: number) => {
      const now = latest.current;
      if (now?.key !== key) return;
      const wanted = lacking(now, first, last);
      pages.current.forEach((controller, page) => {
        if (wanted.includes(page)) return;
        controller.abort(); // scrolled past
        pages.current.delete(page);
      });
      clearTimeout(soon.current);
      if (wanted.length === 0) return;
      soon.current = setTimeout(() => {
        wanted.forEach((page) => void fetchPage(page, key));
      }, 60);
    },
    [key, fetchPage],
  );

  const needAll = useCallback(
    async (most: number) => {
      const now = latest.current;
      if (now?.key !== key) return;
      for (const page of lacking(now, 0, Math.min(most, now.overview.total) - 1)) await fetchPage(page, key);
    },
    [key, fetchPage],
  );

  return {
    reading: held?.key ?? "",
    overview: held?.overview ?? null,
    rows: held?.rows ?? none,
    missing,
    busy: !shown && problem?.key !== key,
    problem: problem?.key === key ? problem.words : "",
    late: shown ? late : 0,
    need,
    needAll,
    again,
  };
}

const none: ReadonlyMap<number, Edge> = new Map();

/** The pages between two places of which some row has not been read. */
function lacking(held: Held, first: number, last: number): number[] {
  const pages: number[] = [];
  const end = Math.min(last, held.overview.total - 1);
  for (let page = Math.floor(Math.max(first, 0) / pageSize); page * pageSize <= end; page++) {
    const lastOf = Math.min((page + 1) * pageSize, held.overview.total) - 1;
    if (!held.rows.has(page * pageSize) || !held.rows.has(lastOf)) pages.push(page);
  }
  return pages;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
