import type { MedicationsCardFragment } from "../../api/generated/graphql";
import { coded } from "../../ui/words";
import type { Kind, Stand } from "./kind";
import { differ, numbers } from "./same";

export type Medication = NonNullable<MedicationsCardFragment["entries"]>[number];

const over = ["stopped", "completed", "cancelled", "ended", "inactive", "entered-in-error", "not-taken"];

/** Only what says that it is going on counts as current; a status we do not know stays in sight. */
export function past(m: Medication): boolean {
  return over.includes(m.status ?? "");
}

/**
 * The same code or wording is not enough where anything says that it is another strength,
 * form or route: a general code ("naproxen") covers them all.
 */
function apart(a: Medication, b: Medication): boolean {
  const [one, other] = [numbers(a.code?.label ?? ""), numbers(b.code?.label ?? "")];
  if (one !== "" && other !== "" && one !== other) return true;
  if ((a.kind === "DEVICE") !== (b.kind === "DEVICE") && a.kind && b.kind) return true;
  return differ(a.form, b.form) || differ(a.route, b.route);
}

function stand(m: Medication): Stand | null {
  const status = m.status ?? "";
  // A pharmacy that has handed it over says nothing about who still takes it.
  if (m.kind === "DISPENSE" && status === "completed") return null;
  if (status === "active" || status === "intended") return { holds: "on", word: status, since: null };
  if (status === "on-hold") return { holds: "held", word: "on hold", since: m.period?.end ?? m.date ?? null };
  if (!past(m)) return null;
  return { holds: "over", word: coded(status), since: m.period?.end ?? null, ran: ["completed", "ended", "inactive"].includes(status) };
}

export const medicationKind: Kind<Medication> = {
  apart,
  past,
  // Sources do not say which medicines are of high risk, and it is not for us to guess: what is disputed and what is new come first.
  danger: () => [],
  when: (m) => m.date ?? m.period?.start ?? null,
  stand,
  fields: [
    { label: "Wording", of: (m) => m.code?.label },
    { label: "Dose", of: (m) => m.dosage },
  ],
};
