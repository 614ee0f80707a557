import type { Grant } from "../smart/grant";
import type { Access, Completeness, Outcome, Session } from "../api";
import type { Statement } from "../components/EntryRow";

/* Typed examples for tests: the shapes are the schema's. */

export function outcome(source: string, status: Outcome["status"], more: Partial<Outcome> = {}): Outcome {
  return {
    source: { id: source.toLowerCase(), name: source, careSetting: "gp" },
    status,
    reason: null,
    code: null,
    since: null,
    count: 0,
    asserted: null,
    asOf: null,
    ageSeconds: null,
    ...more,
  };
}

const complete: readonly Outcome["status"][] = ["ANSWERED", "ASSERTED_NONE", "EMPTY", "NOT_REGISTERED", "NOT_OFFERED"];

export function completeness(verdict: Completeness["verdict"], outcomes: Outcome[], more: Partial<Completeness> = {}): Completeness {
  return {
    heading: "allergies-and-adverse-reaction",
    title: "Allergies and adverse reactions",
    total: 0,
    verdict,
    withheldFields: [],
    outcomes,
    missing: outcomes.filter((o) => !complete.includes(o.status)),
    ...more,
  };
}

export function statement(id: string, label: string, more: Partial<Statement> = {}): Statement {
  return {
    id,
    code: { label, text: label, codings: [{ system: "http://snomed.info/sct", code: "91936005", display: label }] },
    date: "2019-03-12",
    recorded: "2019-03-13",
    author: { name: "Dr Penhaligon", role: "GP", organisation: { name: "Lantern Row Surgery" } },
    labels: null,
    note: null,
    provenance: {
      source: { id: "gp", name: "Lantern Row Surgery GP system", careSetting: "gp" },
      organisation: { ods: "Z99001", name: "Lantern Row Surgery" },
      localId: `local-${id}`,
      retrieved: "2026-11-21T09:30:00Z",
      asOf: "2026-11-21T09:30:00Z",
    },
    ...more,
  };
}

/** A person with whom the reader has a relationship, and nothing else. */
export function access(more: Partial<Access> = {}): Access {
  return {
    relationships: [{ kind: "REGISTRATION", from: null, until: null, evidence: "registered with gp" }],
    breakGlass: null,
    objections: 0,
    mayClaim: false,
    mayBreakGlass: false,
    ...more,
  };
}

/** A GP who signed in with a Patchwork account. */
export function session(more: Partial<Session> = {}): Session {
  return {
    user: "local gp",
    name: "Alex Grant",
    role: "gp",
    organisation: { ods: "YZ901", name: "Lantern Row Surgery" },
    careSetting: "gp",
    purpose: "TREAT",
    login: { id: "local", name: "Patchwork account", way: "password" },
    positions: [],
    position: -1,
    locked: false,
    confirmed: "",
    ends: 0,
    idle: 0,
    ...more,
  };
}

/** Access to everything that the user may do. */
export function grant(more: Partial<Grant> = {}): Grant {
  return { id: "g1", access: "token-1", expires: Date.now() + 600_000, refresh: "", patient: "", bannerElsewhere: false, epr: "", topic: "", event: "", ...more };
}

/** The facts of a session as the server answers them now. */
export function facts(more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const position = { role: "gp", organisation: { ods: "YZ901", name: "Lantern Row Surgery" }, careSetting: "gp" };
  const now = Date.now();
  return {
    id: "s1",
    issuer: "local",
    subject: "gp",
    name: "Alex Grant",
    ...position,
    purpose: "TREAT",
    login: { id: "local", name: "Patchwork account", way: "password" },
    positions: [position],
    position: 0,
    locked: false,
    idle: 900,
    lastSeen: new Date(now).toISOString(),
    confirmed: new Date(now - 60_000).toISOString(),
    created: new Date(now).toISOString(),
    expires: new Date(now + 36_000_000).toISOString(),
    ...more,
  };
}
