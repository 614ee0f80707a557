import type { Statement } from "../../components/EntryRow";
import { turned } from "./context";
import type { Kind } from "./kind";
import { contradict, mark, type Mark, same } from "./same";

interface Marked<Entry> {
  readonly entry: Entry;
  readonly mark: Mark;
}

type Judge<Entry extends Statement> = Pick<Kind<Entry>, "apart" | "detail">;

/**
 * Parts entries into what is the same thing. Every entry is in exactly one part, and no part
 * holds two that contradict each other. Sameness reaches over a third (one is coded in two
 * systems): where that would join a contradiction, nothing is joined but what is alike in
 * every code, the wording and whatever tells one from another; and if even that contradicts, each stands alone.
 */
export function partition<Entry extends Statement>(entries: readonly Entry[], kind: Judge<Entry>): Entry[][] {
  const marked = entries.map((entry) => ({ entry, mark: mark(entry.code) }));
  return joined(marked, kind)
    .flatMap((part) => (holds(part, kind) ? [part] : alike(part, kind).flatMap((p) => (holds(p, kind) ? [p] : p.map((one) => [one])))))
    .map((part) => part.map(({ entry }) => entry));
}

/** Joins whatever is the same, directly or over others. */
function joined<Entry extends Statement>(marked: readonly Marked<Entry>[], kind: Judge<Entry>): Marked<Entry>[][] {
  const leader = marked.map((_, i) => i);
  const lead = (i: number): number => {
    const above = leader[i] ?? i;
    return above === i ? i : lead(above);
  };
  for (const bucket of buckets(marked)) {
    for (let i = 0; i < bucket.length; i++) {
      for (let j = i + 1; j < bucket.length; j++) {
        const [a, b] = [bucket[i] ?? 0, bucket[j] ?? 0];
        const [one, other] = [marked[a], marked[b]];
        if (one && other && lead(a) !== lead(b) && same(one.mark, other.mark) && !apart(one, other, kind)) leader[lead(b)] = lead(a);
      }
    }
  }
  const parts = new Map<number, Marked<Entry>[]>();
  marked.forEach((one, i) => {
    const part = parts.get(lead(i));
    if (part) part.push(one);
    else parts.set(lead(i), [one]);
  });
  return [...parts.values()];
}

/** Only what shares a code or the wording can be the same: nothing else is compared. */
function buckets(marked: readonly Marked<unknown>[]): number[][] {
  const found = new Map<string, number[]>();
  const put = (key: string, i: number) => {
    const bucket = found.get(key);
    if (bucket) bucket.push(i);
    else found.set(key, [i]);
  };
  marked.forEach(({ mark: m }, i) => {
    if (m.vague) return;
    for (const [system, codes] of m.codes) put(`${system}\u0000${codes}`, i);
    if (m.wording !== "") put(m.wording, i);
  });
  return [...found.values()];
}

/** No two of them contradict each other. */
function holds<Entry extends Statement>(part: readonly Marked<Entry>[], kind: Judge<Entry>): boolean {
  return part.every((a, i) => part.slice(i + 1).every((b) => !contradict(a.mark, b.mark) && !apart(a, b, kind)));
}

/**
 * Never one row: what the section tells apart, what words make another statement of, and what
 * one system words differently under one code. Such a code ("free text", or one too general)
 * is not what the thing is known by.
 */
function apart<Entry extends Statement>(a: Marked<Entry>, b: Marked<Entry>, kind: Judge<Entry>): boolean {
  const worded = a.mark.wording !== "" && b.mark.wording !== "" && a.mark.wording !== b.mark.wording;
  return (worded && (mayBeOneSystem(a.entry, b.entry) || turned(a.mark.wording, b.mark.wording))) || kind.apart(a.entry, b.entry);
}

/** A source that is withheld may be any. */
function mayBeOneSystem(a: Statement, b: Statement): boolean {
  const [one, other] = [a.provenance?.source?.id, b.provenance?.source?.id];
  return !one || !other || one === other;
}

function alike<Entry extends Statement>(part: readonly Marked<Entry>[], kind: Judge<Entry>): Marked<Entry>[][] {
  const found = new Map<string, Marked<Entry>[]>();
  for (const one of part) {
    const key = JSON.stringify([[...one.mark.codes].sort(), one.mark.wording, kind.detail(one.entry)]);
    const known = found.get(key);
    if (known) known.push(one);
    else found.set(key, [one]);
  }
  return [...found.values()];
}
