import { useState } from "react";
import { ask } from "../../../api";
import type { ViewFacts } from "../../../api/views";
import { StopViewDocument, SubmitViewDocument, WithdrawViewDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { Message } from "../../../ui/Message";
import { ReasonForm } from "../../administration/ReasonForm";
import { useDeed } from "../../lists/useDeed";
import { DecideForm } from "./DecideForm";

interface DeedsProps {
  readonly view: ViewFacts;
  readonly approves: boolean;
  readonly onChanged: (view: ViewFacts, said: string) => void;
}

type Open = "nothing" | "decide" | "withdraw" | "stop";

/** What the reader can do with a view besides running it. */
export function Deeds({ view, approves, onChanged }: DeedsProps) {
  const [open, setOpen] = useState<Open>("nothing");
  const { busy, wrong, act } = useDeed();
  const { id, version, state, yours } = view;
  const inUse = state === "DRAFT" || state === "SUBMITTED" || state === "APPROVED";
  const submit = () => {
    void act(async () => {
      onChanged(await ask(SubmitViewDocument, { id, version }, (data) => data.submitView), "Approval is asked for.");
    });
  };
  const close = () => {
    setOpen("nothing");
  };
  const done = (now: ViewFacts, said: string) => {
    close();
    onChanged(now, said);
  };
  return (
    <>
      <ErrorSummary wrong={wrong} />
      {yours && state === "DRAFT" ? (
        <Message tone="plain">{view.secondary ? "It can be run once a privacy officer has approved it." : "You can run it over your lists. For others to run it, a privacy officer has to approve it."}</Message>
      ) : null}
      {yours && state === "SUBMITTED" ? <Message tone="waiting">A privacy officer has to decide on it.</Message> : null}
      {open === "nothing" ? (
        <div className="pw-buttons">
          {yours ? (
            <Link to={paths.editView(id)} className="nhsuk-button nhsuk-button--secondary nhsuk-button--small">
              Change it
            </Link>
          ) : null}
          {yours && state === "DRAFT" ? (
            <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" aria-disabled={busy} onClick={submit}>
              Ask for approval
            </button>
          ) : null}
          {approves && !yours && state === "SUBMITTED" ? <Opens words="Decide" onOpen={() => { setOpen("decide"); }} /> : null}
          {yours && inUse ? <Opens words={state === "SUBMITTED" ? "Take it back" : "Take it out of use"} onOpen={() => { setOpen("withdraw"); }} /> : null}
          {approves && !yours && state === "APPROVED" ? <Opens words="Take it out of use" onOpen={() => { setOpen("stop"); }} /> : null}
        </div>
      ) : null}
      {open === "decide" ? <DecideForm view={view} onDone={done} onCancel={close} /> : null}
      {open === "withdraw" ? (
        <ReasonForm
          title={state === "SUBMITTED" ? "Take it back" : "Take it out of use"}
          lead={state === "SUBMITTED" ? "It will not be decided on" : "Nobody can run it any more"}
          hint="It stands in the audit and on this page. Name no patient."
          change={async (reason) => {
            done(await ask(WithdrawViewDocument, { id, version, reason }, (data) => data.withdrawView), state === "SUBMITTED" ? "It is taken back." : "It is out of use.");
          }}
          onCancel={close}
        />
      ) : null}
      {open === "stop" ? (
        <ReasonForm
          title="Take it out of use"
          lead="Nobody can run it any more"
          hint="It stands in the audit and on this page. Name no patient."
          change={async (reason) => {
            done(await ask(StopViewDocument, { id, version, reason }, (data) => data.stopView), "It is out of use.");
          }}
          onCancel={close}
        />
      ) : null}
    </>
  );
}

function Opens({ words, onOpen }: { readonly words: string; readonly onOpen: () => void }) {
  return (
    <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={onOpen}>
      {words}
    </button>
  );
}
