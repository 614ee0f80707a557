import { createContext, useContext, useEffect, useState } from "react";
import { wasAborted } from "../../api";
import type { ExplanationFactsFragment } from "../../api/generated/graphql";
import { stop } from "../../ui/words";
import { sentenceOf } from "../problems";
import { Verdicts } from "./Verdicts";
import type { Question } from "./questions";

export type Explanation = ExplanationFactsFragment;
export type Explain = (question: Question, signal: AbortSignal) => Promise<Explanation>;

/** How the open record asks why; null where there is no record. Another function asks everything anew. */
export const ExplainContext = createContext<Explain | null>(null);

interface Told {
  readonly abouts: readonly string[];
  readonly explanation: Explanation;
}

interface Answer {
  readonly by: Explain;
  readonly told: readonly Told[];
  readonly problem: string;
}

/** "Why?": nothing is asked until it is opened. */
export function Why({ of, about }: { readonly of: readonly Question[]; readonly about: string }) {
  const explain = useContext(ExplainContext);
  const [open, setOpen] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  // The questions by value: a card is drawn anew whenever something arrives.
  const key = JSON.stringify(of);
  useEffect(() => {
    if (!open || explain === null) return;
    const controller = new AbortController();
    const asked = JSON.parse(key) as readonly Question[];
    Promise.all(asked.map((q) => explain(q, controller.signal))).then(
      (explanations) => {
        if (!controller.signal.aborted) setAnswer({ by: explain, told: together(asked, explanations), problem: "" });
      },
      (problem: unknown) => {
        if (!wasAborted(problem) && !controller.signal.aborted) setAnswer({ by: explain, told: [], problem: sentenceOf(problem) });
      },
    );
    return () => {
      controller.abort();
    };
  }, [open, explain, key]);

  if (explain === null || of.length === 0) return null;
  const current = answer?.by === explain ? answer : null;
  return (
    <details
      className="pw-expander pw-why"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        Why?<span className="nhsuk-u-visually-hidden"> Why something of {about} is withheld</span>
      </summary>
      <div className="pw-expander__body" role="status" aria-live="polite">
        {current === null ? <p>Asking why</p> : null}
        {current?.problem ? <p>{stop(current.problem)}</p> : null}
        {current?.told.map((t) => (
          <Reason key={`${t.abouts.join()}|${t.explanation.sentence}`} told={t} many={new Set(current.told.map((other) => other.abouts.join())).size > 1} />
        ))}
      </div>
    </details>
  );
}

function Reason({ told: { abouts, explanation }, many }: { readonly told: Told; readonly many: boolean }) {
  return (
    <div className="pw-why__reason">
      <p>
        {many ? <strong>{abouts.join("; ")}. </strong> : null}
        {stop(explanation.sentence)}
      </p>
      {explanation.remedy ? <p className="pw-why__remedy">{stop(explanation.remedy)}</p> : null}
      <Verdicts explanation={explanation} />
    </div>
  );
}

/** What is explained by the same words is said once; what turns out to be shown explains nothing, unless it is all there is. */
function together(asked: readonly Question[], explanations: readonly Explanation[]): Told[] {
  const said = new Map<string, Told>();
  const somethingHeld = explanations.some((e) => !e.shown);
  explanations.forEach((explanation, i) => {
    if (explanation.shown && somethingHeld) return;
    const key = `${explanation.sentence}|${explanation.remedy ?? ""}|${JSON.stringify(explanation.policies ?? null)}`;
    const before = said.get(key);
    said.set(key, { abouts: [...(before?.abouts ?? []), asked[i]?.about ?? ""], explanation: before?.explanation ?? explanation });
  });
  return [...said.values()];
}
