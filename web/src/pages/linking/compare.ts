import type { ComparedFragment } from "../../api/generated/graphql";
import { formatDate } from "../../ui/dates";
import { formatNHSNumber } from "../../ui/nhsNumber";
import { coded } from "../../ui/words";

/* Records of what may be one person, side by side. */

/** One row of the comparison: the same thing as each record states it; "" where it does not. */
export interface Row {
  readonly label: string;
  readonly cells: readonly string[];
  /** The proposed record states it, and otherwise than one of the others does. */
  readonly differs: boolean;
}

type Reads = (person: ComparedFragment) => string;

const rows: readonly (readonly [label: string, reads: Reads])[] = [
  ["Name", (p) => p.name?.text ?? ""],
  ["Other names", (p) => (p.otherNames ?? []).map((n) => (n.use ? `${n.text ?? ""} (${coded(n.use).toLowerCase()})` : (n.text ?? ""))).join("; ")],
  ["Date of birth", (p) => (p.birthDate ? formatDate(p.birthDate) : "")],
  ["Gender", (p) => (p.gender ? coded(p.gender) : "")],
  ["NHS number", (p) => (p.nhsNumber ? `${formatNHSNumber(p.nhsNumber)}${p.nhsNumberStatus === "VERIFIED" ? "" : " (not verified)"}` : "")],
  ["Address", (p) => (p.addresses ?? []).map((a) => [...(a.lines ?? []), a.postcode].filter(Boolean).join(", ")).join("; ")],
  ["Telephone, e-mail", (p) => (p.telecoms ?? []).map((t) => t.value).filter(Boolean).join("; ")],
  ["Deceased", (p) => (p.deceased === null || p.deceased === undefined ? "" : p.deceased ? "Yes" : "No")],
];

const same = (a: string, b: string) => a.localeCompare(b, "en-GB", { sensitivity: "base", ignorePunctuation: true }) === 0;

/** The rows to compare; the first record is the proposed one. What nobody states is left out. */
export function compared(people: readonly ComparedFragment[]): Row[] {
  return rows
    .map(([label, reads]) => {
      const cells = people.map(reads);
      const [proposed = "", ...others] = cells;
      return { label, cells, differs: proposed !== "" && others.some((o) => o !== "" && !same(o, proposed)) };
    })
    .filter((row) => row.cells.some((cell) => cell !== ""));
}
