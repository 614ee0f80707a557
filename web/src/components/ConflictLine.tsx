import type { Identity } from "../api";
import type { DemographicConflict } from "../api/generated/graphql";
import { formatDate } from "../ui/dates";
import { isolated } from "../ui/direction";
import { Message } from "../ui/Message";
import { formatNHSNumber } from "../ui/nhsNumber";
import { coded } from "../ui/words";

type Conflict = NonNullable<Identity["conflicts"]>[number];

const words: Readonly<Record<DemographicConflict["field"], string>> = {
  BIRTH_DATE: "date of birth",
  FAMILY_NAME: "family name",
  GIVEN_NAME: "given name",
  GENDER: "gender",
  POSTCODE: "postcode",
  NHS_NUMBER: "NHS number",
};

/** A value as the banner would show it. */
function shown(field: Conflict["field"], value: string): string {
  switch (field) {
    case "BIRTH_DATE":
      return formatDate(value);
    case "NHS_NUMBER":
      return formatNHSNumber(value);
    case "GENDER":
      return coded(value);
    default:
      return isolated(value);
  }
}

/** One line for each thing that systems state differently of the person: with each system's own words (hazard H-11). */
export function conflictSentence({ field, values }: Conflict): string {
  const stated = values.map((v) => `${v.source.name ?? v.source.id ?? "A system"} ${v.value ? shown(field, v.value) : "does not say"}`);
  return `Systems state the ${words[field]} differently. ${stated.join("; ")}.`;
}

/** What the systems disagree about in who the person is; it stands under the banner's facts. */
export function ConflictLine({ identity }: { readonly identity: Identity | null }) {
  const conflicts = identity?.conflicts ?? [];
  if (conflicts.length === 0) return null;
  return (
    <div className="pw-missing" data-conflicts={conflicts.length}>
      {conflicts.map((c) => (
        <Message tone="conflict" key={c.field}>
          {conflictSentence(c)}
        </Message>
      ))}
    </div>
  );
}
