import type { Registration } from "../api";
import { formatInstant } from "../ui/dates";
import { Expander } from "../ui/Expander";
import { Icon, type IconName } from "../ui/Icon";
import { count } from "../ui/words";
import { registrationWords } from "./missing";

const icons: Readonly<Record<Registration["state"], IconName>> = {
  LINKED: "tick",
  ABSENT: "none",
  CONFLICT: "warning",
  UNVERIFIED: "warning",
  UNANSWERED: "warning",
  PENDING: "clock",
  UNSEARCHABLE: "none",
  WITHHELD: "lock",
};

// Nothing that a reader has to know stands behind the fold.
const folded: readonly Registration["state"][] = ["LINKED", "ABSENT", "UNSEARCHABLE"];

/** Which systems know the person: how many in a line, and by name what is not as expected. */
export function Registrations({ registrations }: { readonly registrations: readonly Registration[] }) {
  if (registrations.length === 0) return null;
  const known = registrations.filter((r) => r.state === "LINKED").length;
  const expected = registrations.filter((r) => folded.includes(r.state));
  const others = registrations.filter((r) => !folded.includes(r.state));
  return (
    <section className="pw-registrations" aria-labelledby="registrations">
      <h2 id="registrations" className="nhsuk-u-visually-hidden">
        Systems asked for this person
      </h2>
      <List of={others} />
      <Expander summary={`${known} of ${count(registrations.length, "system")} ${known === 1 ? "knows" : "know"} this person`}>
        <List of={expected} />
      </Expander>
    </section>
  );
}

function List({ of }: { readonly of: readonly Registration[] }) {
  if (of.length === 0) return null;
  return (
    <ul>
      {of.map((r, i) => (
        <li key={r.source.id ?? i} data-state={r.state} data-setting={r.source.careSetting ?? "other"}>
          <Icon name={icons[r.state]} />
          <span>
            <strong>{r.source.name ?? r.source.id}</strong> {registrationWords(r)}
            {r.reason && r.state !== "ABSENT" && r.state !== "LINKED" ? <span className="pw-registrations__reason"> · {r.reason}</span> : null}
            {r.checked ? <span className="pw-registrations__time"> · {formatInstant(r.checked)}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
