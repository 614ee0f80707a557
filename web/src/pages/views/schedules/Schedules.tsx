import { useState } from "react";
import { ask } from "../../../api";
import { goesOn, type ViewSchedule } from "../../../api/views";
import { EndViewScheduleDocument, RunViewScheduleNowDocument, ViewCohortsDocument, ViewSchedulesDocument } from "../../../api/generated/graphql";
import { navigate } from "../../../history";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { formatInstant } from "../../../ui/dates";
import { Message } from "../../../ui/Message";
import { Tag } from "../../../ui/Tag";
import { stop } from "../../../ui/words";
import { useDeed } from "../../lists/useDeed";
import { useFocusAfter } from "../../useFocusAfter";
import { Problem } from "../Problem";
import { useAsked } from "../useAsked";
import { lastDay } from "../words";
import { ScheduleForm } from "./ScheduleForm";
import { lastWords, scheduleTone, scheduleWords, whenWords } from "./words";

const read = async (signal: AbortSignal) => {
  const [schedules, cohorts] = await Promise.all([ask(ViewSchedulesDocument, {}, (data) => data.viewSchedules, signal), ask(ViewCohortsDocument, {}, (data) => data.viewCohorts, signal)]);
  return { schedules, titles: new Map(cohorts.map((c) => [c.list, c.title])) };
};

/** How long the page waits for a small run, so that its rows are there at once. */
const wait = 2000;

/** The views that run again by themselves: when, what the last run came to, and what keeps one from going on. */
export function Schedules() {
  const { value, problem, again } = useAsked(read);
  const [news, setNews] = useState("");
  const focusAfter = useFocusAfter();
  if (value === null) return problem ? <Problem text={problem} /> : <p role="status">Reading which views are repeated</p>;
  const told = (said: string) => {
    setNews(said);
    focusAfter("views-repeated");
    again();
  };
  return (
    <section aria-labelledby="views-repeated" className="pw-lists">
      <h2 id="views-repeated" tabIndex={-1}>
        Views that are repeated
      </h2>
      <p role="status">{news}</p>
      <Problem text={problem} />
      {value.schedules.length === 0 ? <p>None is. A run of a view, and the view itself, can be repeated by the hour, the day or the week.</p> : null}
      <ul className="pw-lists__items">
        {value.schedules.map((schedule) => (
          <One key={schedule.id} schedule={schedule} list={value.titles.get(schedule.list) ?? "a list that you do not have any more"} onTold={told} />
        ))}
      </ul>
    </section>
  );
}

interface OneProps {
  readonly schedule: ViewSchedule;
  readonly list: string;
  readonly onTold: (said: string) => void;
}

function One({ schedule, list, onTold }: OneProps) {
  const [open, setOpen] = useState<"nothing" | "change" | "end">("nothing");
  const { busy, wrong, act } = useDeed();
  const { id, title, lastRun } = schedule;
  const close = () => {
    setOpen("nothing");
  };
  const runNow = () => {
    void act(async () => {
      const run = await ask(RunViewScheduleNowDocument, { id, wait }, (data) => data.runViewScheduleNow);
      navigate(paths.viewRun(run.id));
    });
  };
  const end = () => {
    void act(async () => {
      await ask(EndViewScheduleDocument, { id }, (data) => data.endViewSchedule);
      onTold(`${title} is repeated no more.`);
    });
  };
  const secondary = lastRun?.secondary ?? false;
  return (
    <li className="pw-lists__item" data-schedule={id}>
      <h3>
        <Link to={paths.view(schedule.view)}>{title}</Link> <Tag tone={scheduleTone(schedule)}>{scheduleWords(schedule)}</Tag>
      </h3>
      <p>
        {whenWords(schedule)}, over {list}
      </p>
      <p className="pw-small">
        {[schedule.next ? `next ${formatInstant(schedule.next)}` : "", schedule.until ? `until ${lastDay(schedule.until)}` : "", schedule.alert === "NONE" ? "tells nothing" : schedule.alert === "NEW" ? "tells of new rows" : "tells of new and changed rows", `version ${schedule.version}`]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="pw-small">
        Last run: {lastRun ? <Link to={paths.viewRun(lastRun.id)}>{lastWords(schedule)}</Link> : lastWords(schedule)}
      </p>
      {schedule.problem ? <Message tone={schedule.state === "PAUSED" ? "missing" : "plain"}>{stop(schedule.problem)}</Message> : null}
      <ErrorSummary wrong={wrong} level={3} />
      {open === "change" ? (
        <ScheduleForm
          of={{ view: schedule.view, version: schedule.version, secondary }}
          was={schedule}
          onCancel={close}
          onDone={() => {
            close();
            onTold(`How ${title} is repeated is changed.`);
          }}
        />
      ) : (
        <div className="pw-buttons">
          {schedule.state === "OVER" ? null : (
            <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" aria-disabled={busy} onClick={runNow}>
              {lastRun && goesOn(lastRun) ? "See how far it is" : "Run now"}
              <span className="nhsuk-u-visually-hidden"> {title}</span>
            </button>
          )}
          <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={() => { setOpen("change"); }}>
            Change<span className="nhsuk-u-visually-hidden"> {title}</span>
          </button>
          {open === "end" ? (
            <>
              <button type="button" className="nhsuk-button nhsuk-button--warning nhsuk-button--small" aria-disabled={busy} onClick={end}>
                Yes, end it<span className="nhsuk-u-visually-hidden"> {title}</span>
              </button>
              <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={close}>
                Keep it
              </button>
            </>
          ) : (
            <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={() => { setOpen("end"); }}>
              End<span className="nhsuk-u-visually-hidden"> {title}</span>
            </button>
          )}
        </div>
      )}
    </li>
  );
}
