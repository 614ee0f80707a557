import { useRef, useState } from "react";
import { sentenceOf } from "../../components/problems";
import { TextField } from "../../ui/TextField";
import { lookup, openRecord } from "./lookup";

interface NumberFormProps {
  readonly button?: string;
  /** What comes of somebody being found; throws what is to be shown. */
  readonly onFound?: (id: string) => Promise<void> | void;
  /** What is filled in already. */
  readonly filled?: string;
  /** The birth date that was given with it, YYYY-MM-DD; "" for none. */
  readonly born?: string;
}

/** The number goes to the server as typed; the rule it breaks, if any, is the server's to word. */
export function NumberForm({ button = "Open the record", onFound = openRecord, filled = "", born = "" }: NumberFormProps) {
  const [number, setNumber] = useState(filled);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const open = async () => {
    if (busy) return;
    if (number.trim() === "") {
      setError("Enter an NHS number");
      field.current?.focus();
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await onFound(await lookup(number.trim(), number.trim() === filled ? born : ""));
      setBusy(false);
      setNumber("");
    } catch (problem) {
      setBusy(false);
      setError(sentenceOf(problem));
      field.current?.focus();
    }
  };

  return (
    <section aria-labelledby="by-number">
      <h2 id="by-number">By NHS number</h2>
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <TextField
          label="NHS number"
          hint="10 digits, with or without spaces"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          width={20}
          value={number}
          error={error}
          inputRef={field}
          onChange={(event) => {
            setNumber(event.target.value);
          }}
        />
        <button className="nhsuk-button" type="submit" aria-disabled={busy}>
          {busy ? "Asking every system" : button}
        </button>
      </form>
    </section>
  );
}
