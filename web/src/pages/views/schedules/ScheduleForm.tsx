import { useContext, useId, useState } from "react";
import { ask } from "../../../api";
import type { ViewSchedule } from "../../../api/views";
import { SaveViewScheduleDocument, type ViewAlert, type ViewDay, type ViewEvery } from "../../../api/generated/graphql";
import { keepsLists } from "../../../roles";
import { SessionContext } from "../../../session/context";
import { DateField, dateOf, type DateParts } from "../../../ui/DateField";
import { today } from "../../../ui/dates";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { SelectField } from "../../../ui/SelectField";
import { useArrivalFocus } from "../../../ui/useArrivalFocus";
import { useDeed } from "../../lists/useDeed";
import { CohortField } from "../CohortField";
import { alerts, days, everies, hours } from "./words";

/** What is to be repeated. */
export interface Repeated {
  readonly view: string;
  readonly version: number;
  readonly secondary: boolean;
  /** The list, where it is known already. */
  readonly list?: string;
}

interface ScheduleFormProps {
  readonly of: Repeated;
  /** The schedule that is changed; null for a new one. */
  readonly was: ViewSchedule | null;
  readonly onDone: (schedule: ViewSchedule) => void;
  readonly onCancel: () => void;
}

/** In a month, which is long enough to be looked at again. */
function aMonth(): DateParts {
  const [year = "", month = "", day = ""] = today(new Date(Date.now() + 30 * 86_400_000)).split("-");
  return { day: String(Number(day)), month: String(Number(month)), year };
}

/** Lets a view be run again and again over a list, and says what its reader wants to be told. */
export function ScheduleForm({ of, was, onDone, onCancel }: ScheduleFormProps) {
  const id = useId();
  const form = useArrivalFocus<HTMLFormElement>();
  const session = useContext(SessionContext);
  const [list, setList] = useState(was?.list ?? of.list ?? "");
  const [every, setEvery] = useState<string>(was?.every ?? "DAILY");
  const [hour, setHour] = useState(String(was?.hour ?? 6));
  const [day, setDay] = useState<string>(was?.day ?? "MONDAY");
  const [alert, setAlert] = useState<string>(of.secondary ? "NONE" : (was?.alert ?? "NEW"));
  const [until, setUntil] = useState(aMonth);
  const { busy, wrong, setWrong, act } = useDeed();
  const save = () => {
    const last = dateOf(until);
    const missing = [...(list === "" ? [{ text: "Choose a list to run it over", field: `${id}-list` }] : []), ...(last === null ? [{ text: "Enter the last day" }] : [])];
    setWrong(missing);
    if (missing.length > 0 || last === null) return;
    void act(async () => {
      const schedule = { view: of.view, version: of.version, list, every: every as ViewEvery, hour: Number(hour), day: day as ViewDay, until: last, alert: alert as ViewAlert };
      onDone(await ask(SaveViewScheduleDocument, { ...(was ? { id: was.id } : {}), schedule }, (data) => data.saveViewSchedule));
    });
  };
  return (
    <form
      className="pw-policy__form"
      ref={form}
      tabIndex={-1}
      noValidate
      aria-label={was ? "Change how it is repeated" : "Repeat this view"}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ErrorSummary wrong={wrong} level={3} />
      <p>
        It runs as you, also when you are not there.{" "}
        {of.secondary ? "For this purpose nothing is told of what is new or gone: few rows are few people." : "Each run says what is new since the one before; the first, which begins at once, is what the second is compared with."} It pauses when you have not opened your
        views for 14 days.
      </p>
      {was === null && of.list !== undefined ? null : (
        <CohortField id={`${id}-list`} label="Over the people of" keeps={keepsLists(session?.role ?? "")} error={wrongAt(wrong, `${id}-list`)} value={list} onChange={setList} />
      )}
      <div className="pw-views__line">
        <SelectField id={`${id}-every`} label="How often" choices={everies(of.secondary)} value={every} onChange={(event) => { setEvery(event.target.value); }} />
        {every === "WEEKLY" ? <SelectField id={`${id}-day`} label="On" choices={days} value={day} onChange={(event) => { setDay(event.target.value); }} /> : null}
        {every === "HOURLY" ? null : <SelectField id={`${id}-hour`} label="At" choices={hours} value={hour} onChange={(event) => { setHour(event.target.value); }} />}
      </div>
      {of.secondary ? null : <SelectField id={`${id}-alert`} label="Tell me" hint="By a number beside Views" choices={alerts} value={alert} onChange={(event) => { setAlert(event.target.value); }} />}
      <DateField legend="Until" hint="The last day, within 90 days" value={until} onChange={setUntil} />
      <div className="pw-buttons">
        <button className="nhsuk-button nhsuk-button--small" type="submit" aria-disabled={busy}>
          {busy ? "Doing it" : was ? "Save" : "Repeat it"}
        </button>
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
