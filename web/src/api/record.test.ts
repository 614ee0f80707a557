import { describe, expect, test } from "vitest";
import { access, completeness, outcome, statement } from "../testing/fixtures";
import { ApiError } from "./errors";
import type { RecordQuery, RecordQueryVariables } from "./generated/graphql";
import type { Answer } from "./graphql";
import { type Follow, follow, incomplete, type RecordState, sectionNames, type Sections, unread } from "./record";

type Patient = NonNullable<RecordQuery["patient"]>;

function answer(id: string, sections: Sections, registrations: Patient["registrations"] = []): Answer<RecordQuery> {
  return { data: { patient: { id, nhsNumber: "9435000010", birthDate: "1948-03-12", person: null, registrations, access: access(), ...sections } }, problems: [], requestId: "r" };
}

const pendingAllergies = { allergies: { ...completeness("PENDING", [outcome("GP", "EMPTY"), outcome("Hospital", "PENDING")]), entries: [] } };
const allergy = { ...statement("a1", "Penicillin"), clinicalStatus: "active", verification: "confirmed", kind: null, categories: null, criticality: "high", reactions: null, lastOccurrence: null, ended: null };
const knownAllergies = { allergies: { ...completeness("KNOWN", [outcome("GP", "EMPTY"), outcome("Hospital", "ANSWERED", { count: 1 })], { total: 1 }), entries: [allergy] } };
const problems = { problems: { ...completeness("NOT_RECORDED", [outcome("GP", "EMPTY")]), entries: [] } };

interface Walk {
  readonly asked: RecordQueryVariables[];
  readonly states: RecordState[];
  readonly pauses: number[];
}

async function walk(answers: (Answer<RecordQuery> | ApiError)[], change: Partial<Follow> = {}, clock = 0): Promise<Walk> {
  const asked: RecordQueryVariables[] = [];
  const states: RecordState[] = [];
  const pauses: number[] = [];
  let time = 0;
  await follow({
    from: unread("p1"),
    sections: sectionNames,
    signal: new AbortController().signal,
    ask: (_, variables) => {
      asked.push(variables);
      const next = answers[Math.min(asked.length, answers.length) - 1];
      if (next === undefined || next instanceof ApiError) return Promise.reject(next ?? new Error("nothing left"));
      return Promise.resolve(next);
    },
    publish: (state) => states.push(state),
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      time += clock;
      return Promise.resolve();
    },
    now: () => time,
    ...change,
  });
  return { asked, states, pauses };
}

describe("following a record until every system has settled", () => {
  test("asks for everything at first, then only for what is awaited", async () => {
    const { asked, states } = await walk([answer("p1", { ...pendingAllergies, ...problems }), answer("p1", knownAllergies)]);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({ id: "p1", wait: 250, allergies: true, problems: true, documents: true });
    expect(asked[1]).toMatchObject({ id: "p1", wait: 600, allergies: true, problems: false, documents: false });
    expect(states.map((s) => s.phase)).toEqual(["waiting", "settled"]);
    expect(states[1]?.sections.problems).toBe(problems.problems); // what was there stays
    expect(states[1]?.news).toBe("Hospital answered: Allergies and adverse reactions (1). No system is being waited for any more.");
  });

  test("a system still being looked up is waited for too", async () => {
    const source = { id: "gp", name: "GP", careSetting: "gp", organisation: null };
    const { asked } = await walk([
      answer("p1", problems, [{ source, state: "PENDING", reason: null, checked: null, links: [] }]),
      answer("p1", {}, [{ source, state: "ABSENT", reason: null, checked: null, links: [] }]),
    ]);
    expect(asked).toHaveLength(2);
    expect(sectionNames.some((name) => asked[1]?.[name])).toBe(false);
  });

  test("gives up after a minute and leaves it to the reader", async () => {
    const { states, pauses } = await walk([answer("p1", pendingAllergies)], {}, 10_000);
    expect(states.at(-1)?.phase).toBe("paused");
    expect(pauses).toEqual([0, 0, 500, 1000, 2000, 4000, 8000]);
  });

  test("H-01: an answer about another person is dropped, with everything shown before", async () => {
    const { states } = await walk([answer("p1", pendingAllergies), answer("p2", knownAllergies)]);
    const last = states.at(-1);
    expect(last?.identity).toBeNull();
    expect(last?.sections).toEqual({});
    expect(last?.problem?.code).toBe("WRONG_PATIENT");
  });

  test("H-01: an answer that comes after another patient was opened is dropped", async () => {
    const controller = new AbortController();
    const states: RecordState[] = [];
    await walk([], {
      signal: controller.signal,
      ask: () => {
        controller.abort();
        return Promise.resolve(answer("p1", knownAllergies));
      },
      publish: (state) => states.push(state),
    });
    expect(states).toEqual([]);
  });

  test("a failing request keeps what is shown and says why", async () => {
    const { states } = await walk([answer("p1", pendingAllergies), new ApiError("Not now", "unavailable", "r9")]);
    const last = states.at(-1);
    expect(last?.phase).toBe("paused");
    expect(last?.problem?.requestId).toBe("r9");
    expect(last?.sections.allergies).toBe(pendingAllergies.allergies);
  });

  test("no patient: the server's code and sentence", async () => {
    const { states } = await walk([{ data: { patient: null }, problems: [{ message: "There is no such person that you may open", code: "PATIENT_NOT_FOUND", requestId: "r3", path: [] }], requestId: "r3" }]);
    expect(states[0]?.problem).toMatchObject({ code: "PATIENT_NOT_FOUND", message: "There is no such person that you may open", requestId: "r3" });
  });
});

test("asking again leaves out what is complete or only withheld", () => {
  const withheld = { ...completeness("WITHHELD", [outcome("GP", "WITHHELD")]), entries: [] };
  const all = Object.fromEntries(sectionNames.map((name) => [name, withheld])) as unknown as Sections;
  const state: RecordState = { ...unread("p1"), sections: { ...all, ...pendingAllergies, ...problems } };
  expect(incomplete(state)).toEqual(["allergies"]);
});
