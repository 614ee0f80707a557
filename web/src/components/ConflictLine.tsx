import type { Identity } from "../api";
import type { DemographicConflict } from "../api/generated/graphql";
import { formatDate } from "../ui/dates";
import { isolated } from "../ui/direction";
import { Expander } from "../ui/Expander";
import { Message } from "../ui/Message";
import { formatNHSNumber } from "../ui/nhsNumber";
import { useNarrow } from "../ui/useNarrow";
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

/** What it is that systems state differently (hazard H-11). */
function subject({ field }: Conflict): string {
  return `Systems state the ${words[field]} differently.`;
}

/** Each value with the systems that state it; who does not say comes last. */
function statements({ field, values }: Conflict): string {
  const by = new Map<string, string[]>();
  const silent: string[] = [];
  for (const { source, value } of values) {
    const name = isolated(source.name ?? source.id ?? "A system");
    if (value) by.set(shown(field, value), [...(by.get(shown(field, value)) ?? []), name]);
    else silent.push(name);
  }
  const said = [...by].map(([value, names]) => `${value} (${names.join(", ")})`);
  if (silent.length > 0) said.push(`${silent.join(", ")} ${silent.length === 1 ? "does" : "do"} not say`);
  return `${said.join("; ")}.`;
}

/** One line for each thing that systems state differently of the person, with each system's own words. */
export function conflictSentence(conflict: Conflict): string {
  return `${subject(conflict)} ${statements(conflict)}`;
}

/** What the systems disagree about in who the person is; it stands under the banner's facts. Where there is no room, who says what is behind it. */
export function ConflictLine({ identity }: { readonly identity: Identity | null }) {
  const narrow = useNarrow();
  const conflicts = identity?.conflicts ?? [];
  if (conflicts.length === 0) return null;
  return (
    <div className="pw-missing" data-conflicts={conflicts.length}>
      {conflicts.map((c) => (
        <Message tone="conflict" key={c.field}>
          {narrow ? <Expander summary={subject(c)}>{statements(c)}</Expander> : conflictSentence(c)}
        </Message>
      ))}
    </div>
  );
}
