import { ask } from "./client";
import { SummaryDocument, type SummaryQuery } from "./generated/graphql";

type Allergies = NonNullable<SummaryQuery["patientByNHSNumber"]>["allergies"];

/** One person's allergies in lines to be read; every verdict is a sentence of its own. */
export async function allergies(base: string, token: string, nhsNumber: string): Promise<readonly string[]> {
  const { patientByNHSNumber: patient } = await ask(base, token, SummaryDocument, { nhsNumber });
  if (!patient) return ["There is no such person, or you may not see them"];
  return [patient.person?.name?.text ?? "Name not known", ...lines(patient.allergies)];
}

function lines(set: Allergies): readonly string[] {
  const entries = (set.entries ?? []).map((entry) => `${entry.code?.label ?? "Not stated"} (${entry.date ?? "no date"})`);
  const silent = set.outcomes.filter((o) => o.status === "UNAVAILABLE" || o.status === "TIMED_OUT" || o.status === "PENDING").map((o) => `${o.source?.name ?? "A system"}: ${o.reason ?? "no answer yet"}`);
  return [sentence(set.verdict), ...entries, ...silent];
}

// A switch without a default: a verdict that the schema gains does not compile until it has its words.
function sentence(verdict: Allergies["verdict"]): string {
  switch (verdict) {
    case "KNOWN":
      return "Allergies";
    case "KNOWN_INCOMPLETE":
      return "Allergies; not every system has told all it holds";
    case "NONE_KNOWN":
      return "No known allergies";
    case "NOT_RECORDED":
      return "Nothing is recorded: ask the patient";
    case "WITHHELD":
      return "Nothing that you may see; something is held back";
    case "PENDING":
      return "Still waiting";
    case "UNAVAILABLE":
      return "Not known: a system did not answer";
    case "CONFLICT":
      return "Systems disagree: one states none, another has allergies";
  }
}
