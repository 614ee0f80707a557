import { lazy } from "react";
import type { Completeness, Identity, RecordState, Registration } from "../api";
import { ApiError } from "../api/errors";
import { unread } from "../api/record";
import { ConflictLine } from "../components/ConflictLine";
import { ProofFields } from "../components/confirm/ProofFields";
import type { PasswordProof } from "../components/confirm/usePasswordProof";
import { EntryRow, Rows } from "../components/EntryRow";
import { Header } from "../components/Header";
import { Measurements } from "../components/Measurements";
import { MissingLine } from "../components/MissingLine";
import { PatientBanner } from "../components/PatientBanner";
import { Later } from "../components/Later";
import { ReadLine } from "../components/ReadLine";
import { Registrations } from "../components/Registrations";
import { SectionCard } from "../components/SectionCard";
import { Verdicts } from "../components/why/Verdicts";
import { ExplainContext, type Explanation, Why } from "../components/why/Why";
import { completeness, outcome, session, statement } from "../testing/fixtures";
import { identity, long, read } from "./people";
import { type State, states } from "./state";

/** What never comes. */
const Never = lazy(() => new Promise<never>(() => undefined));

const nothing = () => undefined;

// On a page of so many cards each is a landmark of its own name.
let cards = 0;

function card(section: Completeness | undefined, problem: string | null = null) {
  return (
    <SectionCard name="allergies" title={`Allergies and adverse reactions ${++cards}`} things="allergies" section={section} problem={problem}>
      {section && section.total > 0 ? <Rows things="allergies" show={10} rows={[<EntryRow key="1" entry={statement("1", "Penicillin")} main="Penicillin" under="Anaphylaxis" status={{ text: "High risk", tone: "danger" }} />]} /> : null}
    </SectionCard>
  );
}

const gp = outcome("Lantern Row Surgery", "ANSWERED", { count: 1 });
const none = outcome("Lantern Row Surgery", "ASSERTED_NONE", { asserted: [{ code: { label: "No known allergy" }, date: "2024-02-03", by: { name: "Dr Penhaligon" } }] });
const known = completeness("KNOWN", [gp], { total: 1 });

const source = (id: string, name: string) => ({ id, name, careSetting: "gp" });
const conflicted: Identity = {
  ...identity,
  conflicts: [{ field: "BIRTH_DATE", values: [{ source: source("gp", "Lantern Row Surgery"), value: "1948-03-12" }, { source: source("pas", "Westmarch Infirmary"), value: "1948-12-03" }] }],
};
const person = identity.person;
const about = (more: Partial<NonNullable<Identity["person"]>>): Identity => ({ ...identity, person: person ? { ...person, ...more } : null });

const registration = (state: Registration["state"]): Registration => ({ source: source(state, `System that is ${state.toLowerCase()}`), state, reason: state === "LINKED" ? null : "A reason of its own", checked: "2026-11-21T09:30:00Z", links: [] });

const missing = (status: Parameters<typeof outcome>[1]): RecordState => read({ sections: { allergies: { ...completeness("UNAVAILABLE", [outcome("Westmarch Infirmary", status)]), entries: [] } } });

const explanation: Explanation = { shown: false, sentence: "Receptionists do not see allergies.", remedy: null, resource: "allergies", policyVersion: "7", policies: null, attributes: null };
const proof: PasswordProof = { password: "", code: "", second: false, wrong: [], type: nothing, prove: () => Promise.resolve(false), reset: nothing };
const question = { resource: "allergies", source: null, label: null, about: "allergies" };

export const componentStates: readonly State[] = [
  ...states("components/SectionCard", {
    loading: card(undefined),
    "never answered": card(undefined, "It could not be asked for"),
    pending: card(completeness("PENDING", [outcome("Westmarch Infirmary", "PENDING")])),
    known: card(known),
    "known, one awaited": card(completeness("KNOWN_INCOMPLETE", [gp, outcome("Westmarch Infirmary", "PENDING")], { total: 1 })),
    "known, one down": card(completeness("KNOWN_INCOMPLETE", [gp, outcome("Westmarch Infirmary", "UNAVAILABLE", { reason: "It refuses connections", since: "2026-11-21T09:30:00Z" })], { total: 1 })),
    partial: card(completeness("KNOWN_INCOMPLETE", [outcome("Lantern Row Surgery", "PARTIAL", { count: 1, reason: "Only the first 1,000 were read" })], { total: 1 })),
    withheld: card(completeness("WITHHELD", [outcome("Lantern Row Surgery", "WITHHELD", { reason: "Receptionists do not see allergies" })])),
    "details withheld": card(completeness("KNOWN", [gp], { total: 1, withheldFields: ["reactions", "lastOccurrence"] })),
    unavailable: card(completeness("UNAVAILABLE", [outcome("Lantern Row Surgery", "EMPTY"), outcome("Westmarch Infirmary", "TIMED_OUT")])),
    mismatched: card(completeness("UNAVAILABLE", [outcome("Westmarch Infirmary", "MISMATCHED")])),
    conflict: card(completeness("CONFLICT", [none, outcome("Westmarch Infirmary", "ANSWERED", { count: 1 })], { total: 1 })),
    "none known": card(completeness("NONE_KNOWN", [none])),
    "not recorded": card(completeness("NOT_RECORDED", [outcome("Lantern Row Surgery", "EMPTY")])),
    "nobody offers it": card(completeness("UNAVAILABLE", [outcome("Lantern Row Surgery", "NOT_OFFERED"), outcome("Westmarch Council", "NOT_REGISTERED")])),
  }),
  ...states("components/EntryRow", {
    current: <ul className="pw-rows"><EntryRow entry={statement("2", "Penicillin")} main="Penicillin" under="Anaphylaxis" status={{ text: "High risk", tone: "danger" }} /></ul>,
    past: <ul className="pw-rows"><EntryRow entry={statement("3", "Egg")} main="Egg" status={{ text: "Refuted", tone: "quiet" }} past /></ul>,
    undated: <ul className="pw-rows"><EntryRow entry={statement("4", "Latex", { date: null })} main="Latex" /></ul>,
    timeless: <ul className="pw-rows"><EntryRow entry={statement("5", "Address")} main="14 Lantern Row" timeless /></ul>,
    labelled: <ul className="pw-rows"><EntryRow entry={statement("6", "Alert", { labels: [{ code: "R", display: "restricted" }] })} main="Safeguarding" /></ul>,
    "source withheld": <ul className="pw-rows"><EntryRow entry={statement("7", "Cat hair", { provenance: null })} main="Cat hair" /></ul>,
    overlong: <ul className="pw-rows"><EntryRow entry={statement("8", long, { note: long })} main={long} under={long} /></ul>,
    "folded list": <Rows things="allergies" show={1} rows={[<EntryRow key="a" entry={statement("9", "A")} main="A" />, <EntryRow key="b" entry={statement("10", "B")} main="B" />]} />,
  }),
  ...states("components/MissingLine", {
    nothing: <MissingLine state={read({})} onAskAgain={nothing} />,
    waiting: <MissingLine state={{ ...missing("PENDING"), phase: "waiting" }} onAskAgain={nothing} />,
    paused: <MissingLine state={{ ...missing("PENDING"), phase: "paused" }} onAskAgain={nothing} />,
    down: <MissingLine state={missing("UNAVAILABLE")} onAskAgain={nothing} />,
    "down-leads": <MissingLine state={missing("UNAVAILABLE")} onAskAgain={nothing} leads />,
    withheld: <MissingLine state={missing("WITHHELD")} onAskAgain={nothing} />,
    mismatched: <MissingLine state={missing("MISMATCHED")} onAskAgain={nothing} />,
    problem: <MissingLine state={read({ problem: new ApiError("Something went wrong", "INTERNAL", "req-7") })} onAskAgain={nothing} />,
  }),
  ...states("components/Later", {
    there: <Later what="This page">What was wanted</Later>,
    "on its way": <Later what="This page"><Never /></Later>,
  }),
  ...states("components/ReadLine", {
    "just read": <ReadLine state={read({})} onReadAgain={nothing} />,
    stale: <ReadLine state={read({ read: Date.now() - 3_600_000 })} onReadAgain={nothing} />,
    "not read yet": <ReadLine state={unread("p1")} onReadAgain={nothing} />,
  }),
  ...states("components/ConflictLine", { none: <ConflictLine identity={identity} />, "birth dates": <ConflictLine identity={conflicted} /> }),
  ...states("components/Registrations", {
    none: <Registrations registrations={[]} />,
    "every state": <Registrations registrations={(["LINKED", "ABSENT", "CONFLICT", "UNVERIFIED", "UNANSWERED", "PENDING", "UNSEARCHABLE", "WITHHELD"] as const).map(registration)} />,
  }),
  ...states("components/Measurements", {
    none: <Measurements of={[]} caption="Nothing" />,
    some: (
      <Measurements
        caption="Urea and electrolytes"
        of={[
          { code: { label: "Potassium" }, value: { quantity: { value: "5.6", unit: "mmol/L" } }, interpretation: [{ label: "High" }], ranges: [{ low: { value: "3.5" }, high: { value: "5.3", unit: "mmol/L" } }] },
          { code: null, value: null, absent: { label: "Haemolysed" } },
        ]}
      />
    ),
  }),
  ...states("components/why/Why", {
    nothing: <Why of={[]} about="Allergies" />,
    asked: (
      <ExplainContext value={() => Promise.resolve(explanation)}>
        <Why of={[question]} about="Allergies" />
      </ExplainContext>
    ),
  }),
  ...states("components/why/Verdicts", {
    "not for everybody": <Verdicts explanation={explanation} />,
    "for the administrator": (
      <Verdicts
        explanation={
          { ...explanation, policies: [{ id: "receptionists", description: "What receptionists see", effect: "deny", applies: true, unmet: ["role is gp"] }], attributes: [{ key: "role", values: ["receptionist"] }] }
        }
      />
    ),
  }),
  ...states("components/confirm/ProofFields", {
    password: <ProofFields id="proof-1" proof={proof} />,
    "code too, wrong": <ProofFields id="proof-2" proof={{ ...proof, second: true, wrong: [{ text: "Enter the six digits of the code", field: "proof-2-code" }] }} />,
  }),
  ...states("components/Header", {
    nobody: <Header session={null} route={{ page: "find" }} waiting={null} onLock={nothing} onSignOut={nothing} />,
    clinician: <Header session={session()} route={{ page: "find" }} waiting={null} onLock={nothing} onSignOut={nothing} />,
    "privacy officer": <Header session={session({ role: "privacy-officer" })} route={{ page: "reviews" }} waiting={3} onLock={nothing} onSignOut={nothing} />,
    administrator: <Header session={session({ role: "administrator", name: long })} route={{ page: "policies" }} waiting={null} onLock={nothing} onSignOut={nothing} />,
  }, true),
  ...states(
    "components/PatientBanner",
    {
      asking: <PatientBanner identity={null} allergies={undefined}>{null}</PatientBanner>,
      complete: <PatientBanner identity={identity} allergies={{ verdict: "KNOWN" }} onAllergies={nothing}>{null}</PatientBanner>,
      "none known": <PatientBanner identity={identity} allergies={{ verdict: "NONE_KNOWN" }} onAllergies={nothing}>{null}</PatientBanner>,
      "not recorded": <PatientBanner identity={identity} allergies={{ verdict: "NOT_RECORDED" }} onAllergies={nothing}>{null}</PatientBanner>,
      unavailable: <PatientBanner identity={identity} allergies={{ verdict: "UNAVAILABLE" }} onAllergies={nothing}>{null}</PatientBanner>,
      deceased: <PatientBanner identity={about({ deceased: true, deceasedDate: "2026-10-12" })} allergies={{ verdict: "KNOWN" }}>{null}</PatientBanner>,
      "deceased, no date": <PatientBanner identity={about({ deceased: true })} allergies={{ verdict: "KNOWN" }}>{null}</PatientBanner>,
      unknowns: <PatientBanner identity={{ ...identity, nhsNumber: null, birthDate: null, person: null }} allergies={{ verdict: "PENDING" }}>{null}</PatientBanner>,
      "long name": <PatientBanner identity={about({ name: { text: long } })} allergies={{ verdict: "KNOWN" }}>{null}</PatientBanner>,
      conflicts: <PatientBanner identity={conflicted} allergies={{ verdict: "CONFLICT" }}><ConflictLine identity={conflicted} /></PatientBanner>,
      "shown by the EPR": <PatientBanner identity={identity} allergies={{ verdict: "KNOWN" }} shownElsewhere>{null}</PatientBanner>,
    },
    true,
  ),
];
