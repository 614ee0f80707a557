import { useState } from "react";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { formatInstant } from "../../ui/dates";
import { Facts } from "../../ui/Facts";
import { Icon } from "../../ui/Icon";
import { usePage } from "../usePage";
import { CheckPanel } from "./CheckPanel";
import { SourceSwitch } from "./SourceSwitch";
import { useSources } from "./useSources";
import { factsOf, type Source, stateOf } from "./words";

interface SourcePageProps {
  readonly id: string;
  /** Whether the reader switches and checks systems. */
  readonly administers: boolean;
}

/** One system: how it has been answering, its kill switch and its check. */
export function SourcePage({ id, administers }: SourcePageProps) {
  const heading = usePage<HTMLHeadingElement>("A source");
  const { sources, problem, again } = useSources();
  const source = sources?.find((s) => s.id === id);
  return (
    <>
      <p>
        <Link to={paths.sources}>All sources</Link>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {source ? (source.name ?? source.id) : "A source"}
      </h1>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {problem}
        </p>
      ) : null}
      <div role="status" aria-live="polite">
        {sources === null && !problem ? "Asking" : ""}
      </div>
      {sources !== null && !source ? <p>There is no such system in this region.</p> : null}
      {source ? <Found source={source} administers={administers} onChanged={again} /> : null}
    </>
  );
}

interface FoundProps {
  readonly source: Source;
  readonly administers: boolean;
  readonly onChanged: () => void;
}

function Found({ source, administers, onChanged }: FoundProps) {
  const [news, setNews] = useState("");
  const state = stateOf(source);
  const name = source.name ?? source.id;
  return (
    <>
      <section className="pw-system pw-system--alone" data-state={source.health.state} aria-labelledby="state">
        <h2 id="state">State</h2>
        <p className="pw-system__state">
          <Icon name={state.icon} /> {state.words}
          {source.health.since ? <span className="pw-small"> since {formatInstant(source.health.since)}</span> : null}
        </p>
        <Facts facts={factsOf(source)} />
        <p className="pw-admin__news" role="status">
          {news}
        </p>
        {administers ? (
          <SourceSwitch
            id={source.id}
            name={name}
            onSwitched={(said) => {
              setNews(said);
              onChanged();
            }}
          />
        ) : null}
        <button
          type="button"
          className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
          onClick={() => {
            setNews("");
            onChanged();
          }}
        >
          Look again
        </button>
      </section>
      {administers ? <CheckPanel id={source.id} name={name} isOff={source.health.off} /> : null}
    </>
  );
}
