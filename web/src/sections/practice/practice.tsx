import { EntryRow } from "../../components/EntryRow";
import { line, place, reach } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { section } from "../section";

export const practice = section({
  name: "practice",
  title: "GP practice",
  things: "GP practices",
  row: (p) => (
    <EntryRow
      entry={p}
      main={p.organisation?.name ?? p.organisation?.ods ?? "Practice not named"}
      under={line(p.gp, reach(p.telecoms))}
      timeless
      facts={[
        { label: "ODS code", value: p.organisation?.ods },
        { label: "Address", value: place(p.address) },
        { label: "Registered", value: formatPeriod(p.period?.start, p.period?.end) },
      ]}
    />
  ),
});
