import { useState } from "react";
import { dateOf, DateField, type DateParts } from "../../ui/DateField";
import { SelectField } from "../../ui/SelectField";
import { TextField } from "../../ui/TextField";
import { Hits } from "./Hits";
import { openRecord } from "./lookup";
import { useSearch } from "./useSearch";

interface SearchFormProps {
  readonly button?: string;
  /** What the search itself is called, where another one is beside it. */
  readonly submit?: string;
  /** What comes of one of those found being chosen; throws what is to be shown. */
  readonly onFound?: (id: string) => Promise<void> | void;
  /** Offers to put whoever was found onto a list. */
  readonly listing?: boolean;
}

const genders = [
  { code: "female", words: "Female" },
  { code: "male", words: "Male" },
  { code: "other", words: "Other" },
];

export function SearchForm({ button = "Open", submit = "Search", onFound = openRecord, listing = false }: SearchFormProps) {
  const [family, setFamily] = useState("");
  const [given, setGiven] = useState("");
  const [postcode, setPostcode] = useState("");
  const [gender, setGender] = useState("");
  const [born, setBorn] = useState<DateParts>({ day: "", month: "", year: "" });
  const [errors, setErrors] = useState<{ family?: string; born?: string }>({});
  const { busy, found, problem, search, result } = useSearch();

  const submitted = () => {
    const birthDate = dateOf(born);
    setErrors({
      ...(family.trim() ? {} : { family: "Enter the family name" }),
      ...(birthDate ? {} : { born: "Enter a date of birth that exists, such as 12 3 1948" }),
    });
    if (birthDate === null || !family.trim()) return;
    void search({
      familyName: family.trim(),
      birthDate,
      ...(given.trim() ? { givenName: given.trim() } : {}),
      ...(postcode.trim() ? { postcode: postcode.trim() } : {}),
      ...(gender ? { gender } : {}),
    });
  };

  return (
    <section aria-labelledby="by-name">
      <h2 id="by-name">By name and date of birth</h2>
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          submitted();
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
        <TextField
          label="Given name (optional)"
          autoComplete="off"
          spellCheck={false}
          width={20}
          value={given}
          onChange={(event) => {
            setGiven(event.target.value);
          }}
        />
        <TextField
          label="Postcode (optional)"
          autoComplete="off"
          spellCheck={false}
          width={10}
          value={postcode}
          onChange={(event) => {
            setPostcode(event.target.value);
          }}
        />
        <SelectField
          label="Gender (optional)"
          nothing="Any"
          choices={genders}
          value={gender}
          onChange={(event) => {
            setGender(event.target.value);
          }}
        />
        {problem ? (
          <p className="nhsuk-error-message" role="alert">
            {problem}
          </p>
        ) : null}
        <button className="nhsuk-button nhsuk-button--secondary" type="submit" aria-disabled={busy}>
          {busy ? "Asking every system" : submit}
        </button>
      </form>
      {found ? <Hits found={found} heading={result} button={button} onFound={onFound} listing={listing} /> : null}
    </section>
  );
}
