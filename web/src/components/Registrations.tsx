import type { Registration } from "../api";
import { formatInstant } from "../ui/dates";
import { Icon, type IconName } from "../ui/Icon";
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

/** Which systems know the person. */
export function Registrations({ registrations }: { readonly registrations: readonly Registration[] }) {
  if (registrations.length === 0) return null;
  return (
    <section className="pw-registrations" aria-labelledby="registrations">
      <h2 id="registrations" className="pw-registrations__title">
        Systems asked for this person
      </h2>
      <ul>
        {registrations.map((r, i) => (
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
    </section>
  );
}
