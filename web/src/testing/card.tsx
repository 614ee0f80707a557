import { render, screen, within } from "@testing-library/react";
import type { SectionName, Sections } from "../api";
import type { SectionView } from "../sections/section";
import { completeness, outcome, statement } from "./fixtures";
import { openAll } from "./openAll";

type EntryOf<Name extends SectionName> = NonNullable<NonNullable<Sections[Name]>["entries"]>[number];
type Own<Name extends SectionName> = Omit<EntryOf<Name>, keyof ReturnType<typeof statement>>;

/** A concept that is only worded. */
export function worded(text: string) {
  return { label: text, text, codings: null };
}

/** Shows a section's card with these entries, each a statement with its own fields. */
export function show<Name extends SectionName>(view: SectionView<Name>, entries: readonly ([label: string, own: Own<Name>] | EntryOf<Name>)[]) {
  const full = entries.map((e, i) => (Array.isArray(e) ? { ...statement(String(i), e[0]), ...(e[1] as object) } : e));
  const set = { ...completeness("KNOWN", [outcome("GP", "ANSWERED", { count: full.length })], { total: full.length }), entries: full };
  render(<>{view.card({ [view.name]: set }, null)}</>);
  const region = screen.getByRole("region");
  return {
    region,
    // With what is behind each.
    rows: () => {
      openAll();
      return [...region.querySelectorAll(".pw-row:not(.pw-originals .pw-row)")].map((row) => ({ text: row.textContent.replace(/\s+/g, " "), past: row.classList.contains("pw-row--past"), main: row.querySelector(".pw-row__main")?.textContent ?? "" }));
    },
    groups: () => within(region).queryAllByRole("heading", { level: 3 }).map((h) => h.textContent),
  };
}
