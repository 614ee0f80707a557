import { EntryRow } from "../../components/EntryRow";
import { Measurements } from "../../components/Measurements";
import { found, label, labels, line, usual } from "../../components/values";
import { coded } from "../../ui/words";
import { joined } from "../../ui/direction";
import { section } from "../section";

export const observations = section({
  name: "observations",
  title: "Observations",
  things: "observations",
  show: 8,
  brief: 4,
  row: (o) => {
    const value = found(o.value, o.absent);
    return (
      <EntryRow
        entry={o}
        main={joined([o.code?.label ?? "Observation", value], " ")}
        under={
          <>
            {line(label(o.category), usual(o.ranges) ? `usual ${usual(o.ranges)}` : null)}
            <Measurements of={o.components ?? []} caption={`Parts of ${o.code?.label ?? "the observation"}`} />
          </>
        }
        status={labels(o.interpretation) ? { text: labels(o.interpretation), tone: "warning" } : o.status && o.status !== "final" ? { text: coded(o.status), tone: "neutral" } : null}
        codes={{ Value: o.value?.concept, Category: o.category, Flag: o.interpretation }}
      />
    );
  },
});
