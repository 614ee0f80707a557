import { Expander } from "../ui/Expander";
import { usePage } from "./usePage";
import { FindBox } from "./find/FindBox";
import { openRecord } from "./find/lookup";
import { PrefillNotice } from "./find/PrefillNotice";
import { RecentPatients } from "./patient/recent/RecentPatients";
import { SearchForm } from "./find/SearchForm";
import { usePrefill } from "./find/usePrefill";

/** Opens a patient: by what people type into one box, or by the details in fields of their own. */
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
      <div className="pw-find pw-find--box">
        <FindBox key={asked?.nhsNumber ?? ""} filled={asked?.nhsNumber ?? ""} born={asked?.birthDate ?? ""} listing onFound={open} />
      </div>
      <Expander summary="Search by details">
        <SearchForm submit="Search by these details" listing onFound={open} />
      </Expander>
      <RecentPatients onOpen={open} />
    </>
  );
}
