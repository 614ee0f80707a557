import { Link } from "../../navigation";
import { paths } from "../../paths";
import { formatClock, formatInstant } from "../../ui/dates";
import { Facts } from "../../ui/Facts";
import { Icon } from "../../ui/Icon";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";
import { useStatus } from "./useStatus";
import { inOrder, nameOf, purpose, stateWords, summary, type System } from "./words";

/** Whether the systems that hold the record answer, for whoever works with it. */
export function StatusPage() {
  const heading = usePage<HTMLHeadingElement>("Status");
  const { systems, at, problem } = useStatus();
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Status
      </h1>
      <p>Whether the systems that hold the record answer now. This page keeps itself up to date.</p>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)} {at ? "What is below may be out of date." : ""}
        </p>
      ) : null}
      <p role="status" aria-live="polite" className="pw-status__summary">
        {systems === null ? (problem ? "" : "Asking") : summary(systems)}
      </p>
      <ul className="pw-systems">
        {inOrder(systems ?? []).map((s) => (
          <Row system={s} key={s.source} />
        ))}
      </ul>
      {at ? <p className="pw-small">As of {formatClock(at.toISOString())}, as this server finds it.</p> : null}
      <p>
        What each system offers and how fast it is: <Link to={paths.sources}>Sources</Link>
      </p>
    </>
  );
}

function Row({ system }: { readonly system: System }) {
  const { icon, words, means } = stateWords(system);
  return (
    <li className="pw-system" data-state={system.state} data-setting={system.careSetting ?? "other"}>
      <h2>{nameOf(system)}</h2>
      <p className="pw-system__state">
        <Icon name={icon} /> {words}
        {system.since ? <span className="pw-small"> since {formatInstant(system.since)}</span> : null}
      </p>
      {system.reason ? <p>{stop(system.reason)}</p> : null}
      {means ? <p>{means}</p> : null}
      <Facts
        facts={[
          { label: "What it is for", value: purpose(system) },
          { label: "Run by", value: [system.organisation?.name, system.organisation?.ods].filter(Boolean).join(", ") },
          { label: "Last 24 hours", value: system.answeredPercent === null || system.answeredPercent === undefined ? "Asked too little to say" : `Answered ${system.answeredPercent}% of requests` },
        ]}
      />
    </li>
  );
}
