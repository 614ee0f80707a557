import { EntryRow } from "../../components/EntryRow";
import { label, line } from "../../components/values";
import { formatDate, formatPeriod, today } from "../../ui/dates";
import { Tag } from "../../ui/Tag";
import { coded, count } from "../../ui/words";
import { inForce, overdue } from "../endOfLife/decisions";
import { currentAndPast, section } from "../section";
import { activityText, goalText, reviewOf, somebody } from "./plan";

export const carePlans = section({
  name: "carePlans",
  title: "Care and support plans",
  things: "care plans",
  groups: currentAndPast((p) => !inForce(p), "Not in force"),
  row: (p) => (
    <EntryRow
      entry={p}
      main={p.title ?? p.code?.label ?? "Plan without a title"}
      under={
        <>
          {line(
            p.title ? label(p.code) : "",
            (p.concerns ?? []).map(label).join(", "),
            p.goals?.length ? count(p.goals.length, "goal") : "",
            p.activities?.length ? count(p.activities.length, "action") : "",
          )}
          {inForce(p) && overdue(reviewOf(p), today()) ? (
            <>
              {" "}
              <Tag tone="warning">{`Review overdue since ${formatDate(reviewOf(p) ?? "")}`}</Tag>
            </>
          ) : null}
        </>
      }
      date={p.date ?? p.period?.start ?? null}
      status={p.status && p.status !== "active" ? { text: coded(p.status), tone: "quiet" } : null}
      past={!inForce(p)}
      facts={[
        { label: "Holds", value: formatPeriod(p.period?.start, p.period?.end) },
        { label: "Review", value: p.reviewDate ? formatDate(p.reviewDate) : null },
        { label: "Goals", value: (p.goals ?? []).map(goalText).join("; ") },
        { label: "Actions", value: (p.activities ?? []).map(activityText).join("; ") },
        { label: "Carried out by", value: (p.careTeam ?? []).map(somebody).join("; ") },
      ]}
      codes={{ About: p.concerns }}
    />
  ),
});
