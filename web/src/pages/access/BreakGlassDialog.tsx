import { useId, useState } from "react";
import { type Access, ApiError, ask, confirmPassword } from "../../api";
import { BreakGlassDocument } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { Dialog } from "../../ui/Dialog";
import { ErrorSummary, type Wrong, wrongAt } from "../../ui/ErrorSummary";
import { TextField } from "../../ui/TextField";
import { type Given, missingFrom, ReasonFields } from "./ReasonFields";
import { useReasons } from "./useReasons";

const least = 20;

interface BreakGlassDialogProps {
  readonly patient: string;
  readonly onBroken: (access: Access) => void;
  readonly onClose: () => void;
}

/**
 * Breaking the glass takes two steps: say why, then show that it is you. The password is
 * always asked for, so that nobody does it by a slip or at a screen left open; it goes to
 * the sign-in of the server alone and is forgotten at once.
 */
export function BreakGlassDialog({ patient, onBroken, onClose }: BreakGlassDialogProps) {
  const id = useId();
  const { reasons, problem } = useReasons();
  const [step, setStep] = useState<"why" | "who">("why");
  const [given, setGiven] = useState<Given>({ reason: "", explanation: "" });
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);

  const explain = () => {
    const missing = missingFrom(id, given, least);
    setWrong(missing);
    if (missing.length > 0) return;
    setStep("who");
    requestAnimationFrame(() => document.getElementById(`${id}-password`)?.focus());
  };

  const breakIt = async () => {
    if (busy) return;
    if (password === "") {
      setWrong([{ text: "Enter your password", field: `${id}-password` }]);
      return;
    }
    setBusy(true);
    setPassword("");
    try {
      await confirmPassword(password);
    } catch (error) {
      setBusy(false);
      setWrong([{ text: sentenceOf(error), field: `${id}-password` }]);
      return;
    }
    try {
      onBroken(await ask(BreakGlassDocument, { patient, reason: given.reason, explanation: given.explanation.trim() }, (data) => data.breakGlass));
    } catch (error) {
      setBusy(false);
      const again = error instanceof ApiError && error.code === "CONFIRM_FIRST";
      setWrong([again ? { text: "Enter your password once more", field: `${id}-password` } : { text: sentenceOf(error) }]);
    }
  };

  return (
    <Dialog
      title={step === "why" ? "Break the glass" : "Show that it is you"}
      onClose={onClose}
      lead={
        step === "why" ? (
          <ul className="pw-dialog__points">
            <li>For an emergency: you will see what is held back from you about this person.</li>
            <li>It holds for 4 hours at most, for you alone and for this person alone. You can end it before.</li>
            <li>It is recorded with your reason, and a privacy officer reviews it.</li>
            <li>An objection that the person made absolute holds all the same.</li>
          </ul>
        ) : (
          <p>Your password is asked for so that nobody else can break the glass in your name.</p>
        )
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (step === "why") explain();
          else void breakIt();
        }}
      >
        <ErrorSummary wrong={problem ? [{ text: problem }, ...wrong] : wrong} level={3} />
        {step === "why" ? (
          <ReasonFields id={id} choices={reasons?.breakGlass ?? []} least={least} given={given} wrong={wrong} onChange={setGiven} />
        ) : (
          <TextField
            id={`${id}-password`}
            label="Your password"
            type="password"
            autoComplete="current-password"
            value={password}
            error={wrongAt(wrong, `${id}-password`)}
            onChange={(event) => {
              setPassword(event.target.value);
            }}
          />
        )}
        <div className="pw-buttons">
          <button className={`nhsuk-button${step === "who" ? " nhsuk-button--warning" : ""}`} type="submit" aria-disabled={busy}>
            {step === "why" ? "Continue" : busy ? "Breaking the glass" : "Break the glass"}
          </button>
          {step === "who" ? (
            <button
              className="nhsuk-button nhsuk-button--secondary"
              type="button"
              onClick={() => {
                setStep("why");
                setWrong([]);
                setPassword("");
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
