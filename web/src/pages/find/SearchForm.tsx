import { useRef, useState } from "react";
import { run } from "../../api";
import { SearchDocument, type SearchQuery } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { dateOf, DateField, type DateParts } from "../../ui/DateField";
import { TextField } from "../../ui/TextField";
import { Hits } from "./Hits";
import { openRecord } from "./lookup";

type Found = SearchQuery["searchPatients"];

interface SearchFormProps {
  readonly button?: string;
  /** What comes of one of those found being chosen; throws what is to be shown. */
  readonly onFound?: (id: string) => Promise<void> | void;
}

export function SearchForm({ button = "Open", onFound = openRecord }: SearchFormProps) {
  const [family, setFamily] = useState("");
  const [born, setBorn] = useState<DateParts>({ day: "", month: "", year: "" });
  const [errors, setErrors] = useState<{ family?: string; born?: string; other?: string }>({});
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const result = useRef<HTMLHeadingElement>(null);
  const asked = useRef<AbortController | null>(null);

  const search = async () => {
    const birthDate = dateOf(born);
    const wrong = {
      ...(family.trim() ? {} : { family: "Enter the family name" }),
      ...(birthDate ? {} : { born: "Enter a date of birth that exists, such as 12 3 1948" }),
    };
    setErrors(wrong);
    if (birthDate === null || !family.trim()) return;
    asked.current?.abort();
    const controller = new AbortController();
    asked.current = controller;
    setBusy(true);
    setFound(null);
    try {
      const answer = await run(SearchDocument, { familyName: family.trim(), birthDate }, controller.signal);
      if (controller.signal.aborted) return;
      if (answer.data) setFound(answer.data.searchPatients);
      else setErrors({ other: answer.problems[0]?.message ?? "Nothing came back" });
      requestAnimationFrame(() => result.current?.focus());
    } catch (error) {
      if (!controller.signal.aborted) setErrors({ other: sentenceOf(error) });
    } finally {
      if (!controller.signal.aborted) setBusy(false);
    }
  };

  return (
    <section aria-labelledby="by-name">
      <h2 id="by-name">By name and date of birth</h2>
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <TextField
          label="Family name"
          autoComplete="off"
          spellCheck={false}
          width={20}
          value={family}
          error={errors.family}
          onChange={(event) => {
            setFamily(event.target.value);
          }}
        />
        <DateField legend="Date of birth" hint="For example, 12 3 1948" value={born} error={errors.born} onChange={setBorn} />
        {errors.other ? (
          <p className="nhsuk-error-message" role="alert">
            {errors.other}
          </p>
        ) : null}
        <button className="nhsuk-button nhsuk-button--secondary" type="submit" aria-disabled={busy}>
          {busy ? "Asking every system" : "Search"}
        </button>
      </form>
      {found ? <Hits found={found} heading={result} button={button} onFound={onFound} listing={onFound === openRecord} /> : null}
    </section>
  );
}
