import { useEffect, useId, useRef, useState } from "react";
import { ask, wasAborted } from "../../api";
import { CheckSourceDocument } from "../../api/generated/graphql";
import { CheckReport } from "../../components/check/CheckReport";
import type { Report } from "../../components/check/words";
import { sentenceOf } from "../../components/problems";
import { stop } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";

interface CheckPanelProps {
  readonly id: string;
  readonly name: string;
  readonly isOff: boolean;
}

/** Checks a system, and shows what is to be mended. Leaving the page ends the check. */
export function CheckPanel({ id, name, isOff }: CheckPanelProps) {
  const place = useId();
  const focusAfter = useFocusAfter();
  const [report, setReport] = useState<Report | null>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const asked = useRef<AbortController | null>(null);
  useEffect(() => () => asked.current?.abort(), []);

  const check = async () => {
    if (busy) return;
    const controller = new AbortController();
    asked.current = controller;
    setBusy(true);
    setReport(null);
    setProblem("");
    try {
      setReport(await ask(CheckSourceDocument, { source: id }, (data) => data.checkSource, controller.signal));
      focusAfter(`${place}-report`);
    } catch (error) {
      if (!wasAborted(error)) setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section aria-labelledby={`${place}-title`}>
      <h2 id={`${place}-title`}>Check</h2>
      <p>
        It is asked as clinicians would ask, about people of its own whom Patchwork chooses. The report counts, and tells of nobody.
        {isOff ? " Although it is switched off, the check asks it; nobody else does." : ""}
      </p>
      <div className="pw-buttons">
        <button
          type="button"
          className="nhsuk-button nhsuk-button--small"
          aria-disabled={busy}
          onClick={() => {
            void check();
          }}
        >
          {busy ? "Checking" : report ? "Check this system again" : "Check this system"}
        </button>
        {busy ? (
          <button
            type="button"
            className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
            onClick={() => {
              asked.current?.abort();
            }}
          >
            Stop
          </button>
        ) : null}
      </div>
      <p role="status">{busy ? `Checking ${name}. It may take up to 45 seconds.` : ""}</p>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      {report ? <CheckReport report={report} id={`${place}-report`} /> : null}
    </section>
  );
}
