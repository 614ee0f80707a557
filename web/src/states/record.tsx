import type { RecordState, Sections } from "../api";
import { BrandName } from "../components/BrandName";
import { EntryRow, type Statement } from "../components/EntryRow";
import { FreshContext } from "../components/fresh/context";
import { NewMark } from "../components/fresh/NewMark";
import { GroupRow } from "../components/GroupRow";
import { Indicators } from "../components/Indicators";
import { LateRows } from "../components/LateRows";
import type { Decision } from "../sections/endOfLife/decisions";
import { type Allergy, allergyKind } from "../sections/grouping/allergies";
import { grouped } from "../sections/grouping/group";
import { completeness, outcome, statement } from "../testing/fixtures";
import { identity, long, read } from "./people";
import { type State, states } from "./state";

/* What stands in several places of a record: rows of several systems, what is new, what must be known at once. */

const nothing = () => undefined;

/** The same statement of another system. */
function from<Entry extends Statement>(entry: Entry, name: string): Entry {
  return { ...entry, id: `${entry.id}-${name}`, provenance: { ...entry.provenance, source: { id: name, name, careSetting: "acute" } } };
}

const allergy = (id: string, label: string, more: Partial<Allergy> = {}): Allergy => ({ ...statement(id, label), ended: null, clinicalStatus: "active", verification: "confirmed", kind: "allergy", categories: [], criticality: "high", lastOccurrence: null, reactions: [], ...more });

function group(...originals: readonly Allergy[]) {
  return (
    <ul className="pw-rows">
      {grouped(originals, allergyKind).map((row) => (
        <GroupRow key={row.lead.id} row={row} head={{ main: row.lead.code?.label ?? "", under: "Anaphylaxis", status: { text: "High risk", tone: "danger" } }}>
          {row.originals.map((o) => (
            <EntryRow key={o.id} entry={o} main={o.code?.label ?? ""} />
          ))}
        </GroupRow>
      ))}
    </ul>
  );
}

const penicillin = allergy("20", "Penicillin");
const endless = allergy("21", long);

const form: Decision = { ...statement("30", "ReSPECT form", { date: "2026-10-08" }), kind: "respect", status: "active", cpr: "do-not-attempt", decision: null, reviewDate: null, original: null };
const decided = (...entries: readonly Decision[]): NonNullable<Sections["endOfLife"]> => ({ ...completeness("KNOWN", [outcome("Westmarch Infirmary", "ANSWERED", { count: entries.length })], { total: entries.length }), entries: [...entries] });
const decisions = (sections: Partial<Sections>, more: Partial<RecordState> = {}) => <Indicators state={read({ sections, ...more })} part="summary" onPart={nothing} />;

type Alerts = NonNullable<Sections["alerts"]>;
type Alert = NonNullable<Alerts["entries"]>[number];
const alert = (id: string, label: string, code: string): Alert => ({ ...statement(id, "Alert", { labels: [{ code, display: label }] }), status: "active", category: { label, text: label, codings: [] } });
const alerts: Alerts = { ...completeness("KNOWN", [outcome("Westmarch Council", "ANSWERED", { count: 2 })], { total: 2 }), entries: [alert("40", "Child protection", "SGD"), alert("41", "High risk of falls", "N")] };

const since = { since: "2026-11-20T09:30:00Z", sections: [], unknown: [] };

export const recordStates: readonly State[] = [
  ...states("components/GroupRow", {
    agreed: group(penicillin, from(penicillin, "Westmarch Infirmary")),
    "differing in words": group(penicillin, from(allergy("22", "Penicillin", { criticality: "low" }), "Westmarch Infirmary")),
    disputed: group(penicillin, from(allergy("23", "Penicillin", { verification: "refuted", clinicalStatus: null }), "Westmarch Infirmary")),
    "all over": group(allergy("24", "Egg", { clinicalStatus: "resolved" }), from(allergy("25", "Egg", { clinicalStatus: "inactive" }), "Westmarch Infirmary")),
    overlong: group(endless, from(endless, long)),
  }),
  ...states("components/LateRows", {
    plain: <LateRows count={2} from={["Westmarch Infirmary"]} grave={0} disputed={false} things="allergies" onShow={nothing} />,
    "of high risk, disputed": <LateRows count={1} from={["Westmarch Infirmary", "Westmarch Council"]} grave={1} disputed things="allergies that are grave" onShow={nothing} />,
    overlong: <LateRows count={400} from={[long]} grave={0} disputed={false} things="allergies from afar" onShow={nothing} />,
  }),
  ...states("components/fresh/NewMark", {
    "not new": <NewMark of={penicillin} />,
    new: (
      <FreshContext value={{ ...since, isFresh: () => true }}>
        <NewMark of={penicillin} />
      </FreshContext>
    ),
    "new, in a row": (
      <FreshContext value={{ ...since, isFresh: () => true }}>
        <ul className="pw-rows">
          <EntryRow entry={penicillin} main="Penicillin" under="Anaphylaxis" />
        </ul>
      </FreshContext>
    ),
  }),
  // Their list has a name of its own, which a page has once.
  ...states(
    "components/Indicators",
    {
      "not asked yet": decisions({}, { phase: "asking" }),
      "could not be asked": decisions({}, { phase: "paused" }),
      "not to be resuscitated": decisions({ endOfLife: decided(form), alerts }, { identity: { ...identity, person: identity.person ? { ...identity.person, deceased: true } : null } }),
      "to be resuscitated": decisions({ endOfLife: decided({ ...form, cpr: "attempt" }) }),
      conflict: decisions({ endOfLife: decided(form, from({ ...form, cpr: "attempt" }, "Lantern Row Surgery")) }),
      "read the form": decisions({ endOfLife: decided({ ...form, cpr: null }) }),
      withheld: decisions({ endOfLife: { ...completeness("WITHHELD", [outcome("Westmarch Infirmary", "WITHHELD")]), entries: [] } }),
      "none recorded": decisions({ endOfLife: { ...completeness("NOT_RECORDED", [outcome("Westmarch Infirmary", "EMPTY")]), entries: [] } }),
      overlong: decisions({ endOfLife: decided({ ...form, code: { label: long, text: long, codings: [] }, cpr: null }) }),
    },
    true,
  ),
  ...states(
    "components/BrandName",
    {
      "Patchwork’s own": (
        <header className="pw-header">
          <div className="pw-header__bar">
            <BrandName />
          </div>
        </header>
      ),
    },
    true,
  ),
];
