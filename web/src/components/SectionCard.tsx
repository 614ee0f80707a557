import { type ReactNode, type RefObject, useId, useRef, useState } from "react";
import type { Completeness, Outcome } from "../api";
import { formatInstant } from "../ui/dates";
import { Expander } from "../ui/Expander";
import { Icon, type IconName } from "../ui/Icon";
import { Message } from "../ui/Message";
import { ago } from "../ui/words";
import { useKeptHeight } from "./useEngaged";
import { placeOf } from "./places";
import { questions } from "./why/questions";
import { Why } from "./why/Why";
import { outcomeWords, sentences, sourceName, type Wording } from "./sentences";

interface SectionCardProps extends Wording {
  /** Its field name of Patient, by which the server is asked why something is withheld. */
  readonly name: string;
  readonly title: string;
  /** undefined until it has been answered. */
  readonly section: Completeness | undefined;
  /** Why it has not been answered and is not being asked any more. */
  readonly problem: string | null;
  readonly children: ReactNode;
  /** Where the card is, for whoever must know. */
  readonly place?: RefObject<HTMLElement | null>;
  /** Somebody reads it: what stands above the rows may grow, and not shrink. */
  readonly steady?: boolean;
  /** The offer of what has arrived since. */
  readonly late?: ReactNode;
  /** Its rows when they are wanted; what must be told stays. */
  readonly folded?: boolean;
}

/**
 * The shell of a section. It owns everything but the rows: loading, pending, partial,
 * withheld, unavailable, conflict, none known and not recorded.
 */
export function SectionCard({ name, title, section, problem, things, children, place, steady = false, late = null, folded = false }: SectionCardProps) {
  const id = useId();
  const said = useRef<HTMLDivElement>(null);
  useKeptHeight(said, steady);
  const [opened, setOpened] = useState(false);
  const busy = section === undefined ? problem === null : section.missing.some((o) => o.status === "PENDING");
  return (
    <section ref={place} className="pw-card" id={placeOf(name)} tabIndex={-1} data-section={name} aria-labelledby={id} aria-busy={busy} data-verdict={section?.verdict ?? "LOADING"}>
      <div className="pw-card__head">
        <h2 className="pw-card__title" id={id} tabIndex={-1}>
          {title}
        </h2>
        {section && section.total > 0 ? <span className="pw-card__count">{section.total}</span> : null}
      </div>
      <div ref={said} className="pw-card__said">
        {section === undefined ? (
          <Message tone={problem === null ? "waiting" : "missing"}>
            {problem === null ? "Asking every system that knows this person." : `Unavailable. ${problem}`}
          </Message>
        ) : (
          <>
            {sentences(section, { things }).map((s) => (
              <Message tone={s.tone} key={s.text}>
                {s.text}
              </Message>
            ))}
            <Why of={questions(name, section)} about={title} />
          </>
        )}
        {late}
      </div>
      {section === undefined ? null : (
        <>
          {folded && section.total > 0 ? (
            <button
              type="button"
              className="pw-more"
              aria-expanded={opened}
              onClick={() => {
                setOpened(!opened);
              }}
            >
              {opened ? "Fold" : "Show"}
              <span className="nhsuk-u-visually-hidden"> {title}</span>
            </button>
          ) : null}
          <div className={`pw-card__rows${folded && !opened ? " pw-card__rows--folded" : ""}`}>
            {children}
            <Answers outcomes={section.outcomes} about={title} />
          </div>
        </>
      )}
    </section>
  );
}

const outcomeIcons: Readonly<Record<Outcome["status"], IconName>> = {
  ANSWERED: "tick",
  ASSERTED_NONE: "tick",
  EMPTY: "tick",
  PENDING: "clock",
  TIMED_OUT: "warning",
  UNAVAILABLE: "warning",
  PARTIAL: "half",
  WITHHELD: "lock",
  MISMATCHED: "warning",
  NOT_REGISTERED: "none",
  NOT_OFFERED: "none",
  UNKNOWN: "warning",
};

/** What every system answered: "what if I can't see what I expected?" is answered here. */
export function Answers({ outcomes, about }: { readonly outcomes: readonly Outcome[]; readonly about: string }) {
  const asked = outcomes.filter((o) => o.status !== "NOT_OFFERED" && o.status !== "NOT_REGISTERED");
  const told = asked.filter((o) => ["ANSWERED", "ASSERTED_NONE", "EMPTY"].includes(o.status));
  const summary = asked.length === 0 ? "No system could be asked" : `${told.length} of ${asked.length} systems answered in full`;
  return (
    <div className="pw-card__foot">
      <Expander summary={summary} about={about}>
        {() => (
          <ul className="pw-answers">
            {outcomes.map((o, i) => (
              <li key={o.source?.id ?? i}>
                <Icon name={outcomeIcons[o.status]} />
                <span>
                  <strong>{sourceName(o)}</strong> {outcomeWords(o)}
                  {o.asOf ? ` · as of ${formatInstant(o.asOf)}` : ""}
                  {typeof o.ageSeconds === "number" ? ` (${ago(o.ageSeconds)})` : ""}
                  {o.reason ? ` · ${o.reason}` : ""}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Expander>
    </div>
  );
}
