import { useState } from "react";
import type { Statement } from "../components/EntryRow";
import { identity } from "./grouping/order";

interface Steady<Entry> {
  /** What stands in the card now. */
  readonly shown: readonly Entry[];
  /** What has arrived since and waits to be wanted. */
  readonly offered: readonly Entry[];
  readonly show: () => void;
}

/**
 * Keeps what one is reading in its place: once the reader is at a card, statements that
 * arrive late are offered instead of pushed between the rows. The first ones of a card are
 * always shown, and what is gone from the record is gone from the card at once.
 */
export function useSteady<Entry extends Statement>(entries: readonly Entry[], engaged: boolean): Steady<Entry> {
  const keys = keysOf(entries);
  const [known, setKnown] = useState<ReadonlySet<string>>(() => new Set(keys));
  const fresh = keys.some((key) => !known.has(key));
  const begun = keys.some((key) => known.has(key));
  const free = !engaged || !begun;
  if (free && (fresh || known.size > keys.length)) setKnown(new Set(keys));
  if (free || !fresh) return { shown: entries, offered: [], show: nothing };
  return {
    shown: entries.filter((_, i) => known.has(keys[i] ?? "")),
    offered: entries.filter((_, i) => !known.has(keys[i] ?? "")),
    show: () => {
      setKnown(new Set(keys));
    },
  };
}

function nothing() {
  return;
}

/** One key for each, also where a source gives two statements of one name. */
export function keysOf(entries: readonly Statement[]): readonly string[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const key = identity(entry);
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return `${key}\u0000${n}`;
  });
}
