import { useId, useMemo, useState } from "react";
import { type Access, ApiError, ask } from "../../api";
import { BreakGlassDocument } from "../../api/generated/graphql";
import { ProofFields } from "../../components/confirm/ProofFields";
import { useProofElsewhere } from "../../components/confirm/useProofElsewhere";
import { usePasswordProof } from "../../components/confirm/usePasswordProof";
import { sentenceOf } from "../../components/problems";
import { paths, startAt } from "../../paths";
import { useSession } from "../../session/context";
import { Dialog } from "../../ui/Dialog";
import { ErrorSummary, type Wrong } from "../../ui/ErrorSummary";
import { type Given, missingFrom, ReasonFields } from "./ReasonFields";
import { useReasons } from "./useReasons";

const least = 20;

interface BreakGlassDialogProps {
  readonly patient: string;
  readonly onBroken: (access: Access) => void;
  readonly onClose: () => void;
}

/**
 * Breaking the glass takes two steps: say why, then show that it is you. The password, or
 * the organisation's own sign-in, is always asked for, so that nobody does it by a slip or
 * at a screen left open; a password goes to the sign-in of the server alone and is
 * forgotten at once.
 */
export function BreakGlassDialog({ patient, onBroken, onClose }: BreakGlassDialogProps) {
  const id = useId();
  const session = useSession();
  const away = session?.login.way === "redirect";
  const { reasons, problem } = useReasons();
  const [step, setStep] = useState<"why" | "who">("why");
  const [given, setGiven] = useState<Given>({ reason: "", explanation: "" });
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);
  const proof = usePasswordProof(id);

  const breakIt = async () => {
    setBusy(true);
    try {
      onBroken(await ask(BreakGlassDocument, { patient, reason: given.reason, explanation: given.explanation.trim() }, (data) => data.breakGlass));
    } catch (error) {
      setBusy(false);
      const again = error instanceof ApiError && error.code === "CONFIRM_FIRST";
      if (again && away) setWrong([{ text: "Sign in once more" }]);
      else if (again) proof.reset([{ text: "Enter your password once more", field: `${id}-password` }]);
      else setWrong([{ text: sentenceOf(error) }]);
    }
  };
  const elsewhere = useProofElsewhere(session, () => void breakIt());

  const explain = () => {
    const missing = missingFrom(id, given, least);
    setWrong(missing);
    if (missing.length > 0) return;
    setStep("who");
    requestAnimationFrame(() => document.getElementById(away ? `${id}-away` : `${id}-password`)?.focus());
  };

  const submit = async () => {
    if (busy) return;
    if (step === "why") {
      explain();
      return;
    }
    if (away) return;
    setWrong([]);
    setBusy(true);
    if (await proof.prove()) await breakIt();
    else setBusy(false);
  };

  const at = session?.login.name ?? "";
  // The summary takes the focus with every new list, so that it is only new when it says something else.
  const shown = useMemo(() => [...[problem, elsewhere.problem].filter(Boolean).map((text) => ({ text })), ...wrong, ...proof.wrong], [problem, elsewhere.problem, wrong, proof.wrong]);
  return (
    <Dialog title={step === "why" ? "Break the glass" : "Show that it is you"} onClose={onClose} lead={step === "why" ? <Warning /> : <p>{away ? `You are asked to sign in at ${at} once more` : "Your password is asked for"} so that nobody else can break the glass in your name.</p>}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ErrorSummary wrong={shown} level={3} />
        {step === "why" ? <ReasonFields id={id} choices={reasons?.breakGlass ?? []} least={least} given={given} wrong={wrong} onChange={setGiven} /> : null}
        {step === "who" && !away ? <ProofFields id={id} proof={proof} /> : null}
        {step === "who" && away ? (
          <p role="status">{busy ? "Breaking the glass" : elsewhere.waiting ? `Waiting for you to sign in at ${at} in the other window. The glass is broken as soon as you have.` : ""}</p>
        ) : null}
        <div className="pw-buttons">
          {step === "who" && away ? (
            <a id={`${id}-away`} className="nhsuk-button nhsuk-button--warning" href={startAt(session.login.id, paths.confirmed, "again")} target="_blank" rel="noopener" onClick={elsewhere.begun}>
              {elsewhere.waiting ? "Open the window again" : `Sign in at ${at} and break the glass`} <span className="nhsuk-u-visually-hidden">(opens in a new window)</span>
            </a>
          ) : (
            <button className={`nhsuk-button${step === "who" ? " nhsuk-button--warning" : ""}`} type="submit" aria-disabled={busy}>
              {step === "why" ? "Continue" : busy ? "Breaking the glass" : "Break the glass"}
            </button>
          )}
          {step === "who" ? (
            <button
              className="nhsuk-button nhsuk-button--secondary"
              type="button"
              onClick={() => {
                setStep("why");
                setWrong([]);
                proof.reset();
                elsewhere.stop();
              }}
            >
              Back
            </button>
          ) : null}
          <button className="nhsuk-button nhsuk-button--secondary" type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Warning() {
  return (
    <ul className="pw-dialog__points">
      <li>For an emergency: you will see what is held back from you about this person.</li>
      <li>It holds for 4 hours at most, for you alone and for this person alone. You can end it before.</li>
      <li>It is recorded with your reason, and a privacy officer reviews it.</li>
      <li>An objection that the person made absolute holds all the same.</li>
    </ul>
  );
}
