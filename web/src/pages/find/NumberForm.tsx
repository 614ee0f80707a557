import { useRef, useState } from "react";
import { sentenceOf } from "../../components/problems";
import { navigate } from "../../navigation";
import { paths } from "../../paths";
import { TextField } from "../../ui/TextField";
import { lookup } from "./lookup";

/** The number goes to the server as typed; the rule it breaks, if any, is the server's to word. */
export function NumberForm() {
  const [number, setNumber] = useState("");
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
      navigate(paths.patient(await lookup(number.trim())));
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
          {busy ? "Asking every system" : "Open the record"}
        </button>
      </form>
    </section>
  );
}
