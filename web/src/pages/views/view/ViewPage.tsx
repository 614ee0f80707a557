import { useState } from "react";
import type { ViewFacts } from "../../../api/views";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { formatInstant } from "../../../ui/dates";
import { Expander } from "../../../ui/Expander";
import { Facts } from "../../../ui/Facts";
import { Message } from "../../../ui/Message";
import { Tag } from "../../../ui/Tag";
import { stop } from "../../../ui/words";
import { useFocusAfter } from "../../useFocusAfter";
import { usePage } from "../../usePage";
import { Problem } from "../Problem";
import { Repeat } from "../schedules/Repeat";
import { titleOf } from "../useNames";
import { audienceWords, columnWords, lastDay, purposeWords, stateTone, stateWords } from "../words";
import { SampleChart } from "../chart/SampleChart";
import { chartedIn, laidOut } from "../chart/simple";
import { Deeds } from "./Deeds";
import { Runs } from "./Runs";
import { RunForm } from "./RunForm";
import { useView } from "./useView";

/** One view: what it is, where it is on its way, and its runs. Keyed by id in Page. */
export function ViewPage({ id, approves }: { readonly id: string; readonly approves: boolean }) {
  // What a view is called may say too much for a title that stays in the browser's history.
  const heading = usePage<HTMLHeadingElement>("View");
  const { value: view, problem, put } = useView(id, approves);
  const [news, setNews] = useState("");
  const focusAfter = useFocusAfter();
  return (
    <>
      <p className="pw-small">
        <Link to={paths.views}>Views</Link>
      </p>
      <h1 ref={heading} tabIndex={-1} id="view-title">
        {view?.title ?? (problem ? "This view cannot be opened" : "View")} {view ? <Tag tone={stateTone(view)}>{stateWords(view)}</Tag> : null}
      </h1>
      <Problem text={problem} />
      <p role="status" className="pw-admin__news" data-news="">
        {news}
      </p>
      {view === null ? (
        <p role="status">{problem ? "" : "Reading the view"}</p>
      ) : (
        <>
          {view.description ? <p className="pw-lead">{view.description}</p> : null}
          <About view={view} />
          {view.problems.map((said) => (
            <Message tone="missing" key={said}>
              {stop(said)}
            </Message>
          ))}
          <What view={view} />
          {view.chart ? (
            <Expander summary="The chart that it keeps">
              <p>Every run draws it, of its own {view.secondary ? "numbers of people" : "rows"}.</p>
              <SampleChart chart={view.chart} columns={view.columns ?? chartedIn(view.definition ?? "")} secondary={view.secondary} />
              <pre className="pw-views__source">{laidOut(view.chart)}</pre>
            </Expander>
          ) : null}
          <Deeds
            view={view}
            approves={approves}
            onChanged={(now, said) => {
              put(now);
              setNews(said);
              focusAfter("view-title");
            }}
          />
          {approves ? null : (
            <>
              <RunForm view={view} />
              {view.runnable ? (
                <section aria-labelledby="view-repeat" className="pw-views__part">
                  <h2 id="view-repeat">Repeat it</h2>
                  <Repeat of={{ view: view.id, version: view.version, secondary: view.secondary }} />
                </section>
              ) : null}
              <Runs view={view.id} />
            </>
          )}
        </>
      )}
    </>
  );
}

function About({ view }: { readonly view: ViewFacts }) {
  const { approver, reason, decided, until } = view;
  const done = view.state === "APPROVED" ? "Approved" : view.state === "REJECTED" ? "Rejected" : view.state === "WITHDRAWN" ? "Taken out of use" : "";
  const outcome = `${decided ? formatInstant(decided) : ""}${approver ? ` by ${approver}` : ""}${view.state === "APPROVED" && until ? `, until ${lastDay(until)}` : ""}${reason ? `: ${stop(reason)}` : ""}`;
  return (
    <Facts
      facts={[
        { label: "For", value: purposeWords(view.purpose) },
        { label: "Designed by", value: `${view.yours ? "You" : view.owner}${view.organisation ? ` (${view.organisation})` : ""}` },
        { label: "Version", value: `${view.version}${view.saved ? `, saved ${formatInstant(view.saved)}` : ""}` },
        { label: "Who may run it", value: `${audienceWords(view)}${view.state === "APPROVED" ? "" : ", once it is approved"}` },
        { label: done, value: done === "" ? null : outcome },
      ]}
    />
  );
}

function What({ view }: { readonly view: ViewFacts }) {
  if (view.columns) {
    return (
      <section aria-labelledby="view-columns" className="pw-views__part">
        <h2 id="view-columns">What it shows</h2>
        <ol className="pw-views__columns">
          {view.columns.map((column) => (
            <li key={column.name}>
              <code>{column.name}</code> {columnWords(column, titleOf)}
            </li>
          ))}
        </ol>
      </section>
    );
  }
  return (
    <section aria-labelledby="view-columns" className="pw-views__part">
      <h2 id="view-columns">What it shows</h2>
      <p>It was written as a ViewDefinition.</p>
      <Expander summary="The definition">
        <pre className="pw-views__source">{view.definition}</pre>
        {view.selection ? <pre className="pw-views__source">{view.selection}</pre> : null}
      </Expander>
    </section>
  );
}
