import type { SectionName } from "../../../api";
import type { Fresh } from "../../../components/fresh/context";
import { sectionTitle } from "../../../sections";
import { formatInstant } from "../../../ui/dates";
import { Expander } from "../../../ui/Expander";
import { count } from "../../../ui/words";

/** How much is new since the reader looked last, and the way to it. */
export function FreshLine({ fresh, onGo }: { readonly fresh: Fresh; readonly onGo: (section: SectionName) => void }) {
  const { since, sections, unknown } = fresh;
  if (since === null) return null;
  const all = sections.reduce((n, s) => n + s.count, 0);
  return (
    <section className={`pw-fresh${all > 0 ? " pw-fresh--news" : ""}`} aria-label="Since you last looked">
      <p>
        {all === 0 ? "Nothing is new" : `${count(all, "entry is", "entries are")} new`} since you last looked on {formatInstant(since)}
        {unknown.length > 0 ? ", where it can be told" : ""}.
      </p>
      {all > 0 ? (
        <ul className="pw-fresh__sections">
          {sections.map(({ section, count: n }) => (
            <li key={section}>
              <button
                type="button"
                className="pw-more"
                onClick={() => {
                  onGo(section);
                }}
              >
                {`${sectionTitle(section)} (${n})`}
                <span className="nhsuk-u-visually-hidden"> go to what is new</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {unknown.length > 0 ? (
        <Expander summary="What cannot be told" about="since you last looked">
          <p>These had not told all they hold when you last looked, so what is new of theirs is not marked.</p>
          <ul className="pw-fresh__unknown">
            {bySource(unknown).map(([source, titles]) => (
              <li key={source}>
                <strong>{source}</strong> {titles.join(", ")}
              </li>
            ))}
          </ul>
        </Expander>
      ) : null}
    </section>
  );
}

function bySource(unknown: Fresh["unknown"]): readonly (readonly [string, readonly string[]])[] {
  const all = new Map<string, string[]>();
  for (const { section, source } of unknown) all.set(source, [...(all.get(source) ?? []), sectionTitle(section)]);
  return [...all];
}

/** Leads to a section's card on the page: its first new row if it shows one, else its heading. */
export function goToSection(section: SectionName): void {
  const card = document.querySelector(`[data-section="${section}"]`);
  const row = card?.querySelector(".pw-new")?.closest(".pw-row") ?? null;
  const title = card?.querySelector<HTMLElement>(".pw-card__title") ?? null;
  title?.focus({ preventScroll: row !== null });
  row?.scrollIntoView({ block: "center" });
}
