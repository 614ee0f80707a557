import { EntryRow } from "../../components/EntryRow";
import { label, line, reach } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { section } from "../section";

export const professionalContacts = section({
  name: "professionalContacts",
  title: "Professional contacts",
  things: "professional contacts",
  row: (c) => (
    <EntryRow
      entry={c}
      timeless
      main={c.name ?? c.team ?? c.organisation?.name ?? "Name not known"}
      under={
        <>
          {line(label(c.code), c.name ? c.team : null, c.organisation?.name)}
          {c.telecoms?.length ? <div>{reach(c.telecoms)}</div> : null}
        </>
      }
      facts={[{ label: "Holds", value: formatPeriod(c.period?.start, c.period?.end) }]}
    />
  ),
});
