import type { Statement } from "../../components/EntryRow";
import { formatDay } from "../../ui/dates";
import { list, sentence } from "../../ui/words";
import type { Field, Kind, Stand } from "./kind";
import { byNewest, moment } from "./order";
import { even } from "./same";

/** Where originals say a field differently: who says what. */
export interface Difference {
  readonly label: string;
  readonly values: readonly { readonly text: string; readonly who: string }[];
}

/** Whose word an original is. */
export function whose(entry: Statement): string {
  return entry.provenance?.source?.name ?? entry.provenance?.organisation?.name ?? "a system that is not named";
}

/** Systems told apart; a source that is withheld may be any, so each is its own. */
function system(entry: Statement, i: number): string {
  return entry.provenance?.source?.id ?? `\u0000${i}`;
}

/** The one value that all who say it agree on; "" where nobody says it or they differ. */
export function agreed<Entry extends Statement>(originals: readonly Entry[], of: Field<Entry>["of"]): string {
  const values = said(originals, of);
  return values.size === 1 ? ([...values.values()][0]?.text ?? "") : "";
}

export function difference<Entry extends Statement>(originals: readonly Entry[], field: Field<Entry>): Difference | null {
  const values = said(originals, field.of);
  if (values.size < 2) return null;
  return { label: field.label, values: [...values.values()].map(({ text, who }) => ({ text, who: list(who) })) };
}

function said<Entry extends Statement>(originals: readonly Entry[], of: Field<Entry>["of"]): Map<string, { text: string; who: string[] }> {
  const values = new Map<string, { text: string; who: string[] }>();
  for (const entry of originals) {
    const text = of(entry);
    if (!text) continue; // not stated, or withheld: never a disagreement
    const value = values.get(even(text)) ?? { text, who: [] };
    if (!value.who.includes(whose(entry))) value.who.push(whose(entry));
    values.set(even(text), value);
  }
  return values;
}

interface Word {
  readonly stand: Stand;
  readonly who: string;
  readonly began: string | null;
}

/**
 * Systems that do not agree on how it stands, in words: "Stopped at Royal Westmarch
 * Infirmary 12-May-2026, active at Lantern Row Surgery". Null where they agree. Each system
 * speaks once, with what holds there if anything does.
 */
export function conflict<Entry extends Statement>(originals: readonly Entry[], kind: Kind<Entry>): string | null {
  const words = new Map<string, Word>();
  originals.forEach((entry, i) => {
    const stand = kind.stand(entry);
    if (stand === null) return;
    const word = { stand, who: whose(entry), began: kind.when(entry) };
    const key = system(entry, i);
    const known = words.get(key);
    if (known === undefined || outweighs(word, known)) words.set(key, word);
  });
  const all = [...words.values()];
  const going = all.filter((w) => w.stand.holds !== "over");
  const against = all.filter((w) => w.stand.holds === "over" && going.some((g) => contradicts(w, g)));
  const held = going.filter((w) => w.stand.holds === "held");
  const on = going.filter((w) => w.stand.holds === "on");
  if (against.length === 0 && (held.length === 0 || on.length === 0)) return null;
  return sentence([...against, ...held, ...on].map(phrase).join(", "));
}

const weight = { on: 0, held: 1, over: 2 } as const;

function outweighs(a: Word, b: Word): boolean {
  const difference = weight[a.stand.holds] - weight[b.stand.holds];
  if (difference !== 0) return difference < 0;
  return byNewest(a.stand.since ?? a.began, b.stand.since ?? b.began) < 0;
}

/** A course that had run its time before the other began is history, not a contradiction. */
function contradicts(over: Word, going: Word): boolean {
  if (over.stand.ran !== true) return true;
  const [end, begin] = [moment(over.stand.since), moment(going.began)];
  return !(Number.isFinite(end) && Number.isFinite(begin) && end < begin);
}

function phrase({ stand, who }: Word): string {
  return `${stand.word} at ${who}${stand.holds !== "on" && stand.since ? ` ${formatDay(stand.since)}` : ""}`;
}
