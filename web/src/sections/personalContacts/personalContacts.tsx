import { EntryRow } from "../../components/EntryRow";
import { label, line, place, reach } from "../../components/values";
import { formatPeriod } from "../../ui/dates";
import { section } from "../section";

export const personalContacts = section({
  name: "personalContacts",
  title: "Personal contacts",
  things: "personal contacts",
  row: (c) => (
    <EntryRow
      entry={c}
      timeless
      main={c.name?.text ?? "Name not known"}
      under={line(label(c.code), reach(c.telecoms))}
      facts={[
        { label: "Address", value: place(c.address) },
        { label: "Holds", value: formatPeriod(c.period?.start, c.period?.end) },
      ]}
    />
  ),
});
