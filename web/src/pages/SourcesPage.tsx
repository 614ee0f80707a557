import { Link } from "../navigation";
import { paths } from "../paths";
import { formatInstant } from "../ui/dates";
import { Facts } from "../ui/Facts";
import { Icon } from "../ui/Icon";
import { useSources } from "./sources/useSources";
import { factsOf, type Source, stateOf } from "./sources/words";
import { usePage } from "./usePage";

/** The systems of the region and whether they have been answering. */
export function SourcesPage({ administers }: { readonly administers: boolean }) {
  const heading = usePage<HTMLHeadingElement>("Sources");
  const { sources, problem, again } = useSources();
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Sources
      </h1>
      <p>The systems that hold the record, and how they have been answering.</p>
      <p>
        <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={again}>
          Look again
        </button>
      </p>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {problem}
        </p>
      ) : null}
      <div role="status" aria-live="polite">
        {sources === null && !problem ? "Asking" : ""}
      </div>
      <ul className="pw-systems">
        {(sources ?? []).map((s) => (
          <SystemRow source={s} opens={administers} key={s.id} />
        ))}
      </ul>
    </>
  );
}

interface SystemRowProps {
  readonly source: Source;
  /** Whether it has a page of its own for this reader. */
  readonly opens: boolean;
}

function SystemRow({ source, opens }: SystemRowProps) {
  const state = stateOf(source);
  const name = source.name ?? source.id;
  return (
    <li className="pw-system" data-state={source.health.state} data-setting={source.careSetting ?? "other"}>
      <h2>{opens ? <Link to={paths.source(source.id)}>{name}</Link> : name}</h2>
      <p className="pw-system__state">
        <Icon name={state.icon} /> {state.words}
        {source.health.since ? <span className="pw-small"> since {formatInstant(source.health.since)}</span> : null}
      </p>
      <Facts facts={factsOf(source)} />
    </li>
  );
}
