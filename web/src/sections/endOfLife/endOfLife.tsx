import { EntryRow } from "../../components/EntryRow";
import { formatDate, today } from "../../ui/dates";
import { Tag } from "../../ui/Tag";
import { coded } from "../../ui/words";
import { currentAndPast, section } from "../section";
import { cprText, inForce, overdue } from "./decisions";

export const endOfLife = section({
  name: "endOfLife",
  title: "ReSPECT and emergency care decisions",
  things: "decisions about emergencies and the end of life",
  groups: currentAndPast((d) => !inForce(d), "Not in force"),
  row: (d) => (
    <EntryRow
      entry={d}
      main={d.code?.label ?? "Decision without a name"}
      under={
        <>
          {cprText(d) ? <strong>{cprText(d)}</strong> : null}
          {d.decision ? <div className="pw-note">{d.decision}</div> : null}
          {d.original ? <div>Original, {d.original}</div> : null}
          {inForce(d) && overdue(d.reviewDate, today()) ? <Tag tone="warning">{`Review overdue since ${formatDate(d.reviewDate ?? "")}`}</Tag> : null}
        </>
      }
      status={d.status && d.status !== "active" ? { text: coded(d.status), tone: "quiet" } : null}
      past={!inForce(d)}
      facts={[
        { label: "Review", value: d.reviewDate ? formatDate(d.reviewDate) : null },
        { label: "Original", value: d.original },
      ]}
    />
  ),
});
