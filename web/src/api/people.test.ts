// @vitest-environment jsdom
import { expect, test } from "vitest";
import { listFacts } from "../pages/lists/testing";
import { wanted } from "../pages/lists/columns/columns";
import { completeness, outcome } from "../testing/fixtures";
import { refused, serve } from "../testing/server";
import { followPeople, type PeopleState, run, unreadPeople } from ".";

/* A page of a list, read from a real server: who is on it first, then what is known of them. */

const server = serve();
const columns = [{ section: "alerts", show: "COUNT" as const, code: null, title: null }, { section: "observations", show: "LATEST" as const, code: "a", title: null }];
const patient = (id: string, cells: object = {}) => ({ added: null, addedBy: "Sam Hale", new: false, patient: { id, nhsNumber: null, birthDate: null, person: { name: { text: id } }, registrations: [], ...cells } });
const page = (people: object[], more: object = {}) => ({ data: { list: { ...listFacts({ columns }), people: { people, hidden: 0, unidentified: 0, next: null, outcome: null, ...more } } } });
const known = (n: number) => ({ ...completeness("KNOWN", [outcome("GP", "ANSWERED", { count: n })], { total: n }), entries: [] });
const pending = () => ({ ...completeness("PENDING", [outcome("GP", "PENDING")]), entries: [] });

async function read(from: PeopleState = unreadPeople, more: { after?: string | null; now?: () => number } = {}): Promise<PeopleState[]> {
  const states: PeopleState[] = [];
  await followPeople({
    id: "l1",
    first: 50,
    after: more.after ?? null,
    from,
    wanted,
    passive: false,
    ask: run,
    signal: new AbortController().signal,
    publish: (state) => states.push(state),
    pause: () => Promise.resolve(),
    now: more.now ?? (() => 0),
  });
  return states;
}

test("who is on it is shown before anything about them is asked; then only what is awaited is asked again", async () => {
  const answers = [
    page([patient("p1"), patient("p2")]),
    page([patient("p1", { alerts: known(1), observations1: pending() }), patient("p2", { alerts: known(0), observations1: known(1) })]),
    page([patient("p1", { observations1: known(1) }), patient("p2", { observations1: known(1) })]),
  ];
  server.answers.set("People", () => answers.shift() ?? refused("INTERNAL", "asked too often"));
  const states = await read();
  expect(states.map((s) => s.phase)).toEqual(["waiting", "waiting", "settled"]);
  expect(states[0]?.rows.map((r) => [r.patient.id, r.cells])).toEqual([["p1", {}], ["p2", {}]]);
  expect(states[2]?.rows[0]?.cells).toMatchObject({ alerts: { total: 1 }, observations1: { total: 1 } });
  const asked = server.sent.map(({ variables: v, passive }) => [v.wait, v.alerts, v.observations1, v.observations1Code, passive]);
  expect(asked).toEqual([
    [200, false, false, null, false],
    [200, true, true, "a", true],
    [2000, false, true, "a", true],
  ]);
});

test("with columns that are known already, everything is asked at once", async () => {
  server.answers.set("People", page([patient("p1", { alerts: known(1), observations1: known(1) })]));
  const states = await read({ ...unreadPeople, list: listFacts({ columns }) });
  expect(states.map((s) => s.phase)).toEqual(["settled"]);
  expect(server.sent).toHaveLength(1);
});

test("H-01: cells stay with their person, whatever the order; who has left takes them along", async () => {
  const from: PeopleState = { ...unreadPeople, list: listFacts({ columns }), rows: ["p1", "p2", "p3"].map((id, n) => ({ patient: { id, nhsNumber: null, birthDate: null, person: null, registrations: [] }, added: null, addedBy: null, new: false, cells: { alerts: known(n + 1) } })) };
  server.answers.set("People", page([patient("p3", { observations1: known(1) }), patient("p1", { observations1: known(1) })]));
  const [state] = await read(from);
  expect(state?.rows.map((r) => [r.patient.id, r.cells.alerts?.total])).toEqual([["p3", 3], ["p1", 1]]);
});

test.each(["LIST_NOT_FOUND", "FORBIDDEN"])("H-07: %s leaves nothing of the list on the page", async (code) => {
  server.answers.set("People", refused(code, "No such list"));
  const [state] = await read({ ...unreadPeople, list: listFacts(), rows: [{ patient: { id: "p1", nhsNumber: null, birthDate: null, person: null, registrations: [] }, added: null, addedBy: null, new: false, cells: {} }] });
  expect(state).toMatchObject({ list: null, rows: [], phase: "paused", problem: { code } });
});

test("what was shown stays when the server cannot answer for a moment", async () => {
  server.answers.set("People", refused("AUDIT_UNAVAILABLE", "Not now"));
  const [state] = await read({ ...unreadPeople, list: listFacts(), rows: [{ patient: { id: "p1", nhsNumber: null, birthDate: null, person: null, registrations: [] }, added: null, addedBy: null, new: false, cells: {} }] });
  expect(state).toMatchObject({ phase: "paused", problem: { code: "AUDIT_UNAVAILABLE" } });
  expect(state?.rows).toHaveLength(1);
});

test("it is not asked for ever", async () => {
  let clock = 0;
  server.answers.set("People", page([patient("p1", { alerts: pending(), observations1: pending() })]));
  const states = await read({ ...unreadPeople, list: listFacts({ columns }) }, { now: () => (clock += 25_000) });
  expect(states.at(-1)?.phase).toBe("paused");
  expect(server.sent.length).toBeLessThan(5);
});

test("a name that is still awaited is asked for again", async () => {
  const waiting = { ...patient("p1", { alerts: known(1), observations1: known(1) }) };
  const answers = [page([{ ...waiting, patient: { ...waiting.patient, person: null, registrations: [{ state: "PENDING", source: { name: "GP" } }] } }]), page([waiting])];
  server.answers.set("People", () => answers.shift() ?? refused("INTERNAL", "asked too often"));
  const states = await read({ ...unreadPeople, list: listFacts({ columns }) });
  expect(states.map((s) => s.rows[0]?.patient.person?.name?.text ?? null)).toEqual([null, "p1"]);
});

test("where it goes on, who is hidden and what the ward's system said come along", async () => {
  server.answers.set("People", page([patient("p1", { alerts: known(1), observations1: known(1) })], { hidden: 1, unidentified: 2, next: "c1", outcome: outcome("PAS", "TIMED_OUT") }));
  const [state] = await read({ ...unreadPeople, list: listFacts({ columns }) }, { after: "c0" });
  expect(state).toMatchObject({ hidden: 1, unidentified: 2, next: "c1", outcome: { status: "TIMED_OUT" } });
  expect(server.sent[0]?.variables).toMatchObject({ after: "c0", first: 50 });
});
