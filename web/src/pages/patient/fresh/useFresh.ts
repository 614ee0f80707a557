import { useEffect, useRef, useState } from "react";
import { type RecordState, run, type SectionName } from "../../../api";
import { LookAtDocument } from "../../../api/generated/graphql";
import { type Fresh, nothingFresh } from "../../../components/fresh/context";
import { inGoes, type Shown, shownOf } from "./parts";

/**
 * Tells the server, in digests, what is shown once a reading has settled, and learns what of
 * it was not there when this reader looked last. It is a mark beside what is shown and
 * nothing else: that it cannot be had changes nothing on the page. With another edition of
 * what may be seen all marks go until that is read: how many there were tells of what is not
 * shown any more (hazard H-07).
 */
export function useFresh(state: RecordState, edition: number): Fresh {
  const [held, setHeld] = useState<{ readonly id: string; readonly edition: number; readonly fresh: Fresh } | null>(null);
  const { id, phase, sections } = state;
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);

  const settled = phase === "settled" || phase === "paused";
  useEffect(() => {
    if (!settled || latest.current.identity === null) return;
    const controller = new AbortController();
    look(latest.current, controller.signal).then(
      (fresh) => {
        if (!controller.signal.aborted) setHeld({ id, edition, fresh });
      },
      () => undefined, // nothing is marked
    );
    return () => {
      controller.abort();
    };
  }, [id, edition, settled, sections]);

  return held?.id === id && held.edition === edition ? held.fresh : nothingFresh;
}

async function look(state: RecordState, signal: AbortSignal): Promise<Fresh> {
  const shown = await shownOf(state);
  let since: string | null = null;
  const fresh: string[] = [];
  const unknown = new Set<string>();
  for (const parts of inGoes(shown.parts)) {
    signal.throwIfAborted();
    // Nobody asked for it: it is no use of the session.
    const answer = await run(LookAtDocument, { patient: state.id, parts: [...parts] }, signal, "passive");
    const told = answer.data?.look;
    if (!told) return nothingFresh;
    since = told.since ?? null;
    fresh.push(...told.fresh);
    told.unknown.forEach((of) => unknown.add(of));
  }
  return since === null ? nothingFresh : { since, ...marked(shown, fresh), unknown: [...unknown].flatMap((of) => shown.names.get(of) ?? []) };
}

/** Which entries the fresh statements are. */
function marked(shown: Shown, fresh: readonly string[]): Pick<Fresh, "isFresh" | "sections"> {
  const ids = new Set<string>();
  const others = new Set<unknown>();
  const counts = new Map<SectionName, number>();
  for (const statement of fresh) {
    for (const { section, entry } of shown.entries.get(statement) ?? []) {
      if (entry.id) ids.add(entry.id);
      else others.add(entry);
      counts.set(section, (counts.get(section) ?? 0) + 1);
    }
  }
  return {
    isFresh: (entry) => (entry.id ? ids.has(entry.id) : others.has(entry)),
    sections: [...counts].map(([section, count]) => ({ section, count })),
  };
}
