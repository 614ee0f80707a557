import { useEffect, useState } from "react";
import { run, wasAborted } from "../api";
import { RegionDocument, type RegionQuery } from "../api/generated/graphql";
import { sentenceOf } from "../components/problems";
import { formatInstant } from "../ui/dates";
import { Icon, type IconName } from "../ui/Icon";
import { coded } from "../ui/words";
import { usePage } from "./usePage";

type Source = RegionQuery["sources"][number];

const states: Readonly<Record<Source["health"]["state"], { readonly icon: IconName; readonly words: string }>> = {
  UP: { icon: "tick", words: "Answers" },
  DEGRADED: { icon: "half", words: "Answers in part" },
  DOWN: { icon: "warning", words: "Does not answer" },
  UNKNOWN: { icon: "clock", words: "Not asked yet" },
};

/** The systems of the region and whether they have been answering. */
export function SourcesPage() {
  const heading = usePage<HTMLHeadingElement>("Sources");
  const [sources, setSources] = useState<readonly Source[] | null>(null);
  const [error, setError] = useState("");
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    run(RegionDocument, {}, controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        if (answer.data) {
          setSources(answer.data.sources);
          setError("");
        } else setError(answer.problems[0]?.message ?? "Nothing came back");
      },
      (problem: unknown) => {
        if (!wasAborted(problem) && !controller.signal.aborted) setError(sentenceOf(problem));
      },
    );
    return () => {
      controller.abort();
    };
  }, [round]);

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Sources
      </h1>
      <p>The systems that hold the record, and how they have been answering.</p>
      <p>
        <button
          type="button"
          className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
          onClick={() => {
            setRound(round + 1);
          }}
        >
          Look again
        </button>
      </p>
      {error ? (
        <p className="nhsuk-error-message" role="alert">
          {error}
        </p>
      ) : null}
      <div role="status" aria-live="polite">
        {sources === null && !error ? "Asking" : ""}
      </div>
      <ul className="pw-systems">
        {(sources ?? []).map((s) => (
          <SystemRow source={s} key={s.id} />
        ))}
      </ul>
    </>
  );
}

function SystemRow({ source }: { readonly source: Source }) {
  const { health } = source;
  const state = states[health.state];
  const facts: [string, string][] = [
    ["Organisation", [source.organisation?.name, source.organisation?.ods].filter(Boolean).join(", ")],
    ["Care setting", source.careSetting ? coded(source.careSetting) : ""],
    ["Read through", source.kind ?? ""],
    ["Last answer", health.lastAnswer ? formatInstant(health.lastAnswer) : "None yet"],
    ["Typical time", typeof health.p50Milliseconds === "number" ? `${health.p50Milliseconds} ms (95 % within ${health.p95Milliseconds ?? "an unknown number of"} ms)` : ""],
    ["Last problem", health.lastReason ?? ""],
    ["Offers", `${source.sections.length} sections`],
  ];
  return (
    <li className="pw-system" data-state={health.state} data-setting={source.careSetting ?? "other"}>
      <h2>{source.name ?? source.id}</h2>
      <p className="pw-system__state">
        <Icon name={state.icon} /> {state.words}
        {health.since ? <span className="pw-small"> since {formatInstant(health.since)}</span> : null}
      </p>
      <dl className="pw-facts">
        {facts
          .filter(([, value]) => value !== "")
          .map(([label, value]) => (
            <div className="pw-facts__row" key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </li>
  );
}
