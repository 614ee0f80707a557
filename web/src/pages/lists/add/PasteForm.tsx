import { useId, useRef, useState } from "react";
import { ask } from "../../../api";
import { UnderstandNumbersDocument } from "../../../api/generated/graphql";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { TextArea } from "../../../ui/TextArea";
import { count } from "../../../ui/words";
import { useDeed } from "../useDeed";
import { Preview } from "./Preview";
import { type Understood, understoodWords } from "./words";

interface PasteFormProps {
  /** Adds them and says what came of it; throws what is to be shown. */
  readonly onAdd: (people: { readonly patients: string[] }) => Promise<void>;
}

/** Adds people by pasted NHS numbers: first it is shown what was understood, then they are added. */
export function PasteForm({ onAdd }: PasteFormProps) {
  const id = useId();
  const [text, setText] = useState("");
  const [understood, setUnderstood] = useState<Understood | null>(null);
  const { busy, wrong, setWrong, act } = useDeed(id);
  const result = useRef<HTMLHeadingElement>(null);
  const patients = [...new Set((understood?.numbers ?? []).flatMap((n) => (n.patient ? [n.patient.id] : [])))];

  const understand = () => {
    if (text.trim() === "") {
      setWrong([{ text: "Paste some NHS numbers", field: `${id}-text` }]);
      return;
    }
    void act(async () => {
      setUnderstood(await ask(UnderstandNumbersDocument, { text }, (data) => data.understandNumbers));
      requestAnimationFrame(() => result.current?.focus());
    });
  };

  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Paste NHS numbers</h2>
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          understand();
        }}
      >
        <ErrorSummary wrong={wrong} level={3} />
        <TextArea
          id={`${id}-text`}
          label="NHS numbers"
          hint="In any form, with whatever stands around them; up to 50 at a time. Nobody is added yet"
          rows={5}
          spellCheck={false}
          value={text}
          error={wrongAt(wrong, `${id}-text`)}
          onChange={(event) => {
            setText(event.target.value);
            // What was understood was of another text.
            setUnderstood(null);
          }}
        />
        <button className="nhsuk-button nhsuk-button--secondary" type="submit" aria-disabled={busy}>
          {busy && understood === null ? "Asking every system" : "Show what is understood"}
        </button>
      </form>
      {understood ? (
        <div className="pw-list__preview">
          <h3 ref={result} tabIndex={-1}>
            {understoodWords(understood)}
          </h3>
          <Preview understood={understood} />
          {patients.length > 0 ? (
            <button
              type="button"
              className="nhsuk-button"
              aria-disabled={busy}
              onClick={() =>
                void act(async () => {
                  await onAdd({ patients });
                  setText("");
                  setUnderstood(null);
                })
              }
            >
              Add {count(patients.length, "person", "people")}
            </button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
