import { EntryRow } from "../../components/EntryRow";
import { label, line, place, reach } from "../../components/values";
import { formatDate } from "../../ui/dates";
import { isolated, joined } from "../../ui/direction";
import { formatNHSNumber } from "../../ui/nhsNumber";
import { coded } from "../../ui/words";
import { section } from "../section";

const numberStatus = { VERIFIED: "verified", UNVERIFIED: "not verified", UNKNOWN: "verification not stated" } as const;

export const demographics = section({
  name: "demographics",
  title: "Person demographics",
  things: "demographics",
  row: (p) => (
    <EntryRow
      entry={p}
      main={p.name?.text ?? "Name not known"}
      under={
        <>
          <div>
            {line(
              p.birthDate ? `Born ${formatDate(p.birthDate)}` : "Born Not known",
              p.gender ? coded(p.gender) : "Gender Not known",
              p.deceased ? `Died ${p.deceasedDate ? formatDate(p.deceasedDate) : "on a date not known"}` : null,
            )}
          </div>
          <div>{place(p.addresses?.[0])}</div>
          <div>{reach(p.telecoms)}</div>
        </>
      }
      timeless
      facts={[
        { label: "NHS No.", value: p.nhsNumber ? `${formatNHSNumber(p.nhsNumber)} (${numberStatus[p.nhsNumberStatus ?? "UNKNOWN"]})` : "Not known" },
        { label: "Former NHS No.", value: p.formerNHSNumbers?.map(formatNHSNumber).join(", ") },
        { label: "Other names", value: joined(p.otherNames?.map((n) => (n.use ? `${isolated(n.text ?? "")} (${n.use})` : n.text)) ?? [], "; ") },
        { label: "Addresses", value: joined(p.addresses?.map((a) => (a.use ? `${isolated(place(a))} (${a.use})` : place(a))) ?? [], "; ") },
        { label: "Ethnicity", value: label(p.ethnicity) },
        { label: "Language", value: label(p.language) },
        { label: "Marital status", value: label(p.maritalStatus) },
        { label: "Local numbers", value: p.identifiers?.map((i) => i.value).filter(Boolean).join(", ") },
      ]}
      codes={{ "Ethnicity coded": p.ethnicity, "Language coded": p.language }}
    />
  ),
});
