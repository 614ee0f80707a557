import { useId } from "react";
import { Expander } from "../../ui/Expander";
import { Tag, type Tone } from "../../ui/Tag";
import { sentence, stop } from "../../ui/words";
import { Scorecard } from "./Scorecard";
import { type Check, conclusion, ended, grounds, type Report, share, tally, type Verdict } from "./words";

const signs: Readonly<Record<Verdict, { readonly words: string; readonly tone: Tone }>> = {
  FAIL: { words: "To mend", tone: "danger" },
  WARN: { words: "To look at", tone: "warning" },
  SKIP: { words: "Not tried", tone: "quiet" },
  PASS: { words: "Passed", tone: "good" },
};

interface CheckReportProps {
  readonly report: Report;
  /** For its heading, which gets the focus. */
  readonly id: string;
}

/** What a check of a system found: what is to be mended first, with how; what passed is folded. */
export function CheckReport({ report, id }: CheckReportProps) {
  const passed = ended(report.checks, "PASS");
  const others = (["FAIL", "WARN", "SKIP"] as const).flatMap((verdict) => ended(report.checks, verdict));
  return (
    <section className="pw-check" aria-labelledby={id}>
      <h3 id={id} tabIndex={-1}>
        {conclusion(report)}
      </h3>
      <p>{tally(report)}</p>
      <p className="pw-note">{grounds(report)}</p>
      <ol className="pw-check__list" aria-label="Checks that did not pass">
        {others.map((check) => (
          <CheckItem check={check} key={check.name} />
        ))}
      </ol>
      {passed.length > 0 ? (
        <Expander summary={`${passed.length} passed`}>
          <ul className="pw-check__list">
            {passed.map((check) => (
              <CheckItem check={check} key={check.name} />
            ))}
          </ul>
        </Expander>
      ) : null}
      {report.scorecard.length > 0 ? <Scorecard scores={report.scorecard} /> : null}
    </section>
  );
}

/** One check, what it found, and what to do about each. */
function CheckItem({ check }: { readonly check: Check }) {
  const id = useId();
  const sign = signs[check.verdict];
  return (
    <li data-verdict={check.verdict} aria-labelledby={id}>
      <h4 id={id}>
        {sentence(check.name ?? "")} <Tag tone={sign.tone}>{sign.words}</Tag>
      </h4>
      {check.text ? <p className="pw-note">{stop(sentence(check.text))}</p> : null}
      {check.findings.map((f) => (
        <div key={f.code} data-finding={f.code}>
          <p>
            {stop(f.text ?? "")} <code>{f.code}</code>
          </p>
          {f.mend ? <p><strong>What to do:</strong> {stop(f.mend)}</p> : null}
          {f.where.length > 0 ? (
            <ul className="pw-check__where">
              {f.where.map((w) => (
                <li key={w.section}>
                  {w.title ?? w.section}: {w.count} of {w.of} ({share(w.count, w.of)}){w.at.length > 0 ? `; first: ${w.at.join("; ")}` : ""}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      ))}
    </li>
  );
}
