import type { Completeness } from "../../../api";
import { Answers } from "../../../components/SectionCard";
import { sentences } from "../../../components/sentences";
import { questions } from "../../../components/why/questions";
import { Why } from "../../../components/why/Why";
import { Message } from "../../../ui/Message";

interface GapsProps {
  /** Its field name of Patient, by which the server is asked why something is withheld. */
  readonly name: string;
  readonly title: string;
  readonly things: string;
  readonly section: Completeness | undefined;
  readonly failed: string | null;
}

/**
 * What a section tells beside its statements, which this page mixes with those of another: it stands
 * before the tests, so that no row is read as the last word while a system is silent (hazard H-02).
 */
export function Gaps({ name, title, things, section, failed }: GapsProps) {
  const busy = section === undefined ? failed === null : section.missing.some((o) => o.status === "PENDING");
  return (
    <section className="pw-card pw-results__gaps" aria-label={`${title}: what the systems answered`} aria-busy={busy} data-verdict={section?.verdict ?? "LOADING"}>
      <p className="pw-results__of">
        <strong>{title}</strong> {section ? <span className="pw-card__count">{section.total}</span> : null}
      </p>
      {section === undefined ? (
        <Message tone={failed === null ? "waiting" : "missing"}>{failed === null ? "Asking every system that knows this person." : `Unavailable. ${failed}`}</Message>
      ) : (
        <>
          {sentences(section, { things }).map((s) => (
            <Message tone={s.tone} key={s.text}>
              {s.text}
            </Message>
          ))}
          <Why of={questions(name, section)} about={title} />
          <Answers outcomes={section.outcomes} about={title} />
        </>
      )}
    </section>
  );
}
