import { usePage } from "./usePage";
import { NumberForm } from "./find/NumberForm";
import { SearchForm } from "./find/SearchForm";

/** Opens a patient: by NHS number, or by name and date of birth. */
export function FindPage() {
  const heading = usePage<HTMLHeadingElement>("Find a patient");
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Find a patient
      </h1>
      <div className="pw-find">
        <NumberForm />
        <SearchForm />
      </div>
    </>
  );
}
