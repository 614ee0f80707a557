import { useEffect, useState } from "react";
import { ask, wasAborted } from "../../api";
import { type SourceSwitchFactsFragment, SourceSwitchesDocument, SwitchSourceOffDocument, SwitchSourceOnDocument } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { Dialog } from "../../ui/Dialog";
import { stop } from "../../ui/words";
import { ReasonForm } from "../administration/ReasonForm";
import { offSentence } from "../administration/words";

interface SourceSwitchProps {
  readonly id: string;
  readonly name: string;
  /** It is switched; a sentence says how. */
  readonly onSwitched: (news: string) => void;
}

/** The kill switch of a system: who last used it, and the dialog that asks why. */
export function SourceSwitch({ id, name, onSwitched }: SourceSwitchProps) {
  const [state, setState] = useState<SourceSwitchFactsFragment | null>(null);
  const [problem, setProblem] = useState("");
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    ask(SourceSwitchesDocument, {}, (data) => data.sourceSwitches?.find((s) => s.source === id), controller.signal).then(setState, (error: unknown) => {
      if (!wasAborted(error)) setProblem(sentenceOf(error));
    });
    return () => {
      controller.abort();
    };
  }, [id]);

  if (problem) return <p className="nhsuk-error-message">{stop(problem)}</p>;
  if (state === null) return null;
  const verb = state.off ? "Switch on" : "Switch off";
  const title = `${verb} ${name}`;
  return (
    <>
      {state.off ? <p className="pw-note">{offSentence(state)}</p> : null}
      <button
        type="button"
        className={`nhsuk-button nhsuk-button--small ${state.off ? "nhsuk-button--secondary" : "nhsuk-button--warning"}`}
        onClick={() => {
          setOpen(true);
        }}
      >
        {title}
      </button>
      {open ? (
        <Dialog
          title={title}
          lead={<p>{state.off ? "Clinicians see again what it holds." : "Clinicians see no more of what it holds, until it is switched on again."}</p>}
          onClose={() => {
            setOpen(false);
          }}
        >
          <ReasonForm
            title={title}
            lead={
              state.off
                ? "Within a second it is asked again on every server. Check it first"
                : "Within a second it is asked on no server. Each part of the record that it holds says “It is switched off” and that something may be missing, so that nobody reads “none”. Its documents cannot be opened. Everybody reads your reason on the page Status: name no patient in it"
            }
            change={async (reason) => {
              const now = state.off
                ? await ask(SwitchSourceOnDocument, { source: id, reason }, (data) => data.switchSourceOn)
                : await ask(SwitchSourceOffDocument, { source: id, reason }, (data) => data.switchSourceOff);
              setState(now);
              setOpen(false);
              onSwitched(`${name} is switched ${now.off ? "off" : "on"}.`);
            }}
            onCancel={() => {
              setOpen(false);
            }}
          />
        </Dialog>
      ) : null}
    </>
  );
}
