// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { access, completeness, outcome } from "../../testing/fixtures";
import { refused, serve } from "../../testing/server";
import { useRecord } from "./useRecord";

const server = serve();
const patient = (of: ReturnType<typeof access>) => ({
  data: { patient: { id: "p1", nhsNumber: null, birthDate: null, person: null, registrations: [], access: of, allergies: { ...completeness("KNOWN", [outcome("GP", "ANSWERED")], { total: 1 }), entries: [] } } },
});
const broken = access({ breakGlass: { id: "b1", reason: "emergency", started: null, until: null } });

async function opened() {
  server.answers.set("Record", patient(broken));
  const { result } = renderHook(() => useRecord("p1"));
  await expect.poll(() => result.current.state.phase).toBe("settled");
  return result;
}

test("H-07: when less may be seen, what was shown goes at once, even if nothing comes back", async () => {
  const result = await opened();
  server.answers.set("Record", refused("AUDIT_UNAVAILABLE", "Not now"));
  act(() => {
    result.current.narrow({ access: null, news: "over" });
  });
  expect(result.current.state).toMatchObject({ identity: null, sections: {}, phase: "asking" });
  await expect.poll(() => result.current.state.problem?.code).toBe("AUDIT_UNAVAILABLE");
  expect(result.current.state.sections).toEqual({});
});

test("when more may be seen, what is shown stays, and what holds now is known at once", async () => {
  server.answers.set("Record", patient(access({ relationships: [] })));
  const { result } = renderHook(() => useRecord("p1"));
  await expect.poll(() => result.current.state.phase).toBe("settled");
  const before = server.sent.length;
  act(() => {
    result.current.widen({ access: broken, news: "broken" });
  });
  expect(result.current.state.identity?.access.breakGlass?.id).toBe("b1");
  expect(result.current.state.sections.allergies).toBeDefined();
  expect(result.current.edition).toBe(1);
  await expect.poll(() => server.sent.length).toBe(before + 1);
  expect(server.sent.at(-1)?.variables).toMatchObject({ id: "p1", allergies: true, documents: true });
});
