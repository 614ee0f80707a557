import { ask } from "../../api";
import type { ViewFacts } from "../../api/views";
import { ViewsDocument, ViewsToApproveDocument } from "../../api/generated/graphql";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { formatInstant } from "../../ui/dates";
import { Tag } from "../../ui/Tag";
import { count } from "../../ui/words";
import { usePage } from "../usePage";
import { Problem } from "./Problem";
import { Notices } from "./schedules/Notices";
import { Schedules } from "./schedules/Schedules";
import { useAsked } from "./useAsked";
import { lastDay, purposeWords, stateTone, stateWords } from "./words";

interface ViewsPageProps {
  /** The reader designs views and runs them. */
  readonly uses: boolean;
  /** The reader approves them. */
  readonly approves: boolean;
  /** How many notices are not read, whenever the page learns it. */
  readonly onTold: (unread: number) => void;
}

const own = (signal: AbortSignal) => ask(ViewsDocument, {}, (data) => data.views, signal);
const waiting = (signal: AbortSignal) => ask(ViewsToApproveDocument, {}, (data) => data.viewsToApprove, signal);

/** The custom views of the reader: those to approve, their own, and those that others made for them. */
export function ViewsPage({ uses, approves, onTold }: ViewsPageProps) {
  const heading = usePage<HTMLHeadingElement>("Views");
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Views
      </h1>
      <p className="pw-lead">A view shows what you choose of each person on a list, in columns: as a table, a chart or a file.</p>
      {uses ? (
        <div className="pw-buttons">
          <Link to={paths.newView} className="nhsuk-button nhsuk-button--small">
            New view
          </Link>
        </div>
      ) : null}
      {approves ? <ToApprove /> : null}
      {uses ? <Notices onTold={onTold} /> : null}
      {uses ? <Mine /> : null}
      {uses ? <Schedules /> : null}
      {!uses && !approves ? <p>Your role does not use views.</p> : null}
    </>
  );
}

function ToApprove() {
  const { value, problem } = useAsked(waiting);
  if (value === null) return problem ? <Problem text={problem} /> : <p role="status">Reading what waits for approval</p>;
  return (
    <>
      <Section title="To approve" views={value.filter((v) => v.state === "SUBMITTED")} none="Nothing waits for approval." />
      <Section title="Decided" views={value.filter((v) => v.state !== "SUBMITTED")} none="Nothing has been decided yet." />
    </>
  );
}

function Mine() {
  const { value, problem } = useAsked(own);
  if (value === null) return problem ? <Problem text={problem} /> : <p role="status">Reading your views</p>;
  return (
    <>
      <Section title="My views" views={value.filter((v) => v.yours)} none="You have designed no view yet." />
      <Section title="Views of others that you may run" views={value.filter((v) => !v.yours)} none="There is none." />
    </>
  );
}

function Section({ title, views, none }: { readonly title: string; readonly views: readonly ViewFacts[]; readonly none: string }) {
  const id = `views-${title.toLowerCase().replaceAll(" ", "-")}`;
  return (
    <section aria-labelledby={id} className="pw-lists">
      <h2 id={id}>{title}</h2>
      {views.length === 0 ? <p>{none}</p> : null}
      <ul className="pw-lists__items">
        {views.map((view) => (
          <li className="pw-lists__item" key={view.id} data-view={view.id}>
            <h3>
              <Link to={paths.view(view.id)}>{view.title}</Link> <Tag tone={stateTone(view)}>{stateWords(view)}</Tag>
            </h3>
            {view.description ? <p>{view.description}</p> : null}
            <p className="pw-small">{factsOf(view).join(" · ")}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function factsOf(view: ViewFacts): string[] {
  return [
    purposeWords(view.purpose),
    view.columns ? count(view.columns.length, "column") : "a ViewDefinition",
    view.yours ? "" : `by ${view.owner}`,
    view.state === "APPROVED" && view.until ? `until ${lastDay(view.until)}` : "",
    view.saved ? `saved ${formatInstant(view.saved)}` : "",
    view.problems.length > 0 ? "cannot run as it is" : "",
  ].filter(Boolean);
}
