import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError, ask, type SectionName, sectionNames, wasAborted } from "../../../api";
import { type LayoutFactsFragment, LayoutDocument, ResetLayoutDocument, SetLayoutDocument } from "../../../api/generated/graphql";
import { sentenceOf } from "../../../components/problems";
import { care, clinical } from "../../../sections";

/** A section of the summary and how it is shown. */
export interface PlacedSection {
  readonly name: SectionName;
  /** Its heading only, until it is opened. Never so for what is dangerous to miss. */
  readonly folded: boolean;
}

/** How the summary is arranged for this reader. */
export interface Layout {
  /** Every section that this page can show, in order. */
  readonly sections: readonly PlacedSection[];
  /** The reader has arranged it. */
  readonly own: boolean;
  /** Why it could not be read or kept, in words; "" if nothing is wrong. What is shown holds either way. */
  readonly problem: string;
  /** Keeps another order; false if it was not kept (`problem` says why). */
  readonly save: (sections: readonly PlacedSection[]) => Promise<boolean>;
  /** Gives the reader's own order up for the region's. */
  readonly reset: () => Promise<boolean>;
}

/** What nobody may fold away: the server refuses it, too. */
export const neverFolded: readonly SectionName[] = ["allergies", "alerts"];

/** Until the server has answered: what is dangerous first. */
const builtIn: readonly PlacedSection[] = [...clinical, ...care].map((view) => ({ name: view.name, folded: false }));

/** The order of the summary for this reader in this role. It never keeps anything from being shown: without an answer it is the built-in one. */
export function useLayout(): Layout {
  const [held, setHeld] = useState<LayoutFactsFragment | null>(null);
  const [problem, setProblem] = useState("");
  const version = useRef(0);

  const take = useCallback((layout: LayoutFactsFragment) => {
    version.current = layout.version;
    setHeld(layout);
  }, []);

  const read = useCallback(
    (signal?: AbortSignal) => ask(LayoutDocument, {}, (data) => data.viewerLayout, signal).then(take),
    [take],
  );

  useEffect(() => {
    const controller = new AbortController();
    read(controller.signal).catch((error: unknown) => {
      if (!wasAborted(error) && !controller.signal.aborted) setProblem(`Your own order could not be read. ${sentenceOf(error)}`);
    });
    return () => {
      controller.abort();
    };
  }, [read]);

  const change = useCallback(
    async (doing: () => Promise<LayoutFactsFragment>): Promise<boolean> => {
      setProblem("");
      try {
        take(await doing());
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.code === "LAYOUT_CHANGED") {
          // Another window was first: its order is shown, and nothing of it is overwritten unseen.
          await read().catch(() => undefined);
          setProblem("You have changed the order in another window. It is shown as it is now; change it again if you still want to.");
        } else {
          setProblem(`The order was not kept. ${sentenceOf(error)}`);
        }
        return false;
      }
    },
    [read, take],
  );

  const save = useCallback<Layout["save"]>(
    (sections) => {
      const wanted = sections.map(({ name, folded }) => ({ name, folded: folded && !neverFolded.includes(name) }));
      return change(() => ask(SetLayoutDocument, { sections: wanted, version: version.current }, (data) => data.setViewerLayout));
    },
    [change],
  );
  const reset = useCallback<Layout["reset"]>(() => change(() => ask(ResetLayoutDocument, { version: version.current }, (data) => data.resetViewerLayout)), [change]);

  // The same array while it is the same order.
  const sections = useMemo(() => (held === null ? builtIn : placed(held.sections)), [held]);
  return { sections, own: held?.own ?? false, problem, save, reset };
}

/** The sections that this page can show, in the server's order; one that the server does not know stays at the end, so that nothing is lost. */
export function placed(sections: LayoutFactsFragment["sections"]): readonly PlacedSection[] {
  const known = sections.filter((s): s is PlacedSection => (sectionNames as readonly string[]).includes(s.name));
  const there = new Set(known.map((s) => s.name));
  return [
    ...known.map(({ name, folded }) => ({ name, folded: folded && !neverFolded.includes(name) })),
    ...builtIn.filter((s) => !there.has(s.name)),
  ];
}
