import { usePage } from "./usePage";
import { openRecord } from "./find/lookup";
import { NumberForm } from "./find/NumberForm";
import { PrefillNotice } from "./find/PrefillNotice";
import { SearchForm } from "./find/SearchForm";
import { usePrefill } from "./find/usePrefill";

/** Opens a patient: by NHS number, or by name and date of birth. */
export function FindPage() {
  const heading = usePage<HTMLHeadingElement>("Find a patient");
  const { asked, problem, end } = usePrefill();
  const open = (id: string) => {
    end();
    openRecord(id);
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Find a patient
      </h1>
      <PrefillNotice asked={asked} problem={problem} onEnd={end} />
      <div className="pw-find">
        <NumberForm key={asked?.nhsNumber ?? ""} filled={asked?.nhsNumber ?? ""} born={asked?.birthDate ?? ""} onFound={open} />
        <SearchForm onFound={open} />
      </div>
    </>
  );
}
