import type { SearchedSystemsQuery } from "../../api/generated/graphql";
import type { Choice } from "../../ui/SelectField";

export type System = SearchedSystemsQuery["sources"][number];

/** Whose number it may be: one choice for each system. */
export function choicesOf(systems: readonly System[]): readonly Choice[] {
  return systems.map((s) => ({ code: s.id, words: s.name ?? s.organisation?.name ?? s.id }));
}

/** The one system that was written after the @; "" if it is none or several. */
export function chosenBy(systems: readonly System[], written: string): string {
  const plain = written.trim().toLowerCase();
  if (plain === "") return "";
  const exact = systems.filter((s) => [s.id, s.organisation?.ods].some((code) => code?.toLowerCase() === plain));
  const fits = exact.length > 0 ? exact : systems.filter((s) => [s.id, s.name, s.organisation?.name].some((name) => name?.toLowerCase().includes(plain)));
  return fits.length === 1 ? (fits[0]?.id ?? "") : "";
}
