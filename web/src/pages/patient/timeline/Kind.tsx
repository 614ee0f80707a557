import { sentence, fieldWords } from "../../../ui/words";

/** One word for what an entry is, and a shape beside it that says the same. */
const kinds: Readonly<Record<string, readonly [word: string, shape: string]>> = {
  allergies: ["Allergy", "M8 2 15 14H1ZM8 6.5v3.5M8 11.8v.4"],
  alerts: ["Alert", "M4 14V2h8l-2 3 2 3H4"],
  medications: ["Medicine", "M3.5 8.5l5-5a2.8 2.8 0 0 1 4 4l-5 5a2.8 2.8 0 0 1-4-4ZM6 6l4 4"],
  problems: ["Problem", "M2 8h3l2-5 3 10 2-5h2"],
  appointments: ["Appointment", "M2 4h12v10H2ZM2 7h12M5 2v3M11 2v3"],
  contacts: ["Contact", "M8 7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM3 14c0-3 2-5 5-5s5 2 5 5"],
  admissions: ["Admission", "M2 13V4M2 10h12v3M14 10V7H7v3"],
  discharges: ["Discharge", "M9 3H3v10h6M6 8h8M11 5l3 3-3 3"],
  results: ["Result", "M6 2v4l-4 7h12l-4-7V2M5 2h6M4.5 10h7"],
  observations: ["Observation", "M2 14V2M2 14h12M5 11V8M8 11V5M11 11V7"],
  vaccinations: ["Vaccination", "M10 2l4 4M12 4 5 11l-2-2 7-7M3.5 12.5 2 14"],
  procedures: ["Procedure", "M3 13 10 6M10 6l3-3v3l-1.500 1.500"],
  documents: ["Document", "M4 2h6l3 3v9H4ZM6 8h5M6 11h5"],
};

/** What a kind of entry is called, from its section's field name of Patient. */
export function kindWord(section: string): string {
  return kinds[section]?.[0] ?? sentence(fieldWords(section));
}

export function Kind({ section }: { readonly section: string }) {
  return (
    <span className="pw-kind">
      <svg className="pw-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <path d={kinds[section]?.[1] ?? "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z"} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      {kindWord(section)}
    </span>
  );
}
