import { EntryRow } from "../../components/EntryRow";
import { label } from "../../components/values";
import { formatDate, today } from "../../ui/dates";
import { Facts } from "../../ui/Facts";
import { Tag } from "../../ui/Tag";
import { overdue } from "../endOfLife/decisions";
import { section } from "../section";

export const aboutMe = section({
  name: "aboutMe",
  title: "About me",
  things: "“About me” statements",
  row: (a) => (
    <EntryRow
      entry={a}
      main={a.title ?? a.code?.label ?? "About me"}
      under={
        <>
          <Facts facts={(a.items ?? []).map((i) => ({ label: label(i.topic), value: <span className="pw-note">{i.text ?? "No text was sent"}</span> }))} />
          {overdue(a.reviewDate, today()) ? <Tag tone="warning">{`Review overdue since ${formatDate(a.reviewDate ?? "")}`}</Tag> : null}
        </>
      }
      status={a.status && a.status !== "final" ? { text: a.status, tone: "quiet" } : null}
      facts={[{ label: "Review", value: a.reviewDate ? formatDate(a.reviewDate) : null }]}
    />
  ),
});
