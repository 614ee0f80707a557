import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import operations from "./generated/persisted-documents.json";
import { RecordDocument } from "./generated/graphql";
import { serve } from "../testing/server";
import { run } from "./graphql";
import { asked } from "./operation";

const server = serve();
const variables = { id: "p1", wait: 0 } as Parameters<typeof run<unknown, unknown>>[1];

test("every operation is registered by the SHA-256 of its text", () => {
  for (const [id, text] of Object.entries(operations)) expect(createHash("sha256").update(text).digest("hex")).toBe(id);
  expect(operations).toHaveProperty((asked(RecordDocument) as { documentId: string }).documentId);
});

test("a server that does not know the id is asked by the whole text", async () => {
  let times = 0;
  const answer = { data: { patient: null } };
  // One that was put in the place of the server that the page came from.
  server.answers.set("Record", () => (times++ === 0 ? { data: null, errors: [{ message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }] } : answer));
  expect((await run(RecordDocument, variables as never)).data).toEqual(answer.data);
  expect(times).toBe(2);
});

test("another refusal is not asked again", async () => {
  server.answers.set("Record", { data: null, errors: [{ message: "No", extensions: { code: "PERSISTED_ONLY" } }] });
  expect((await run(RecordDocument, variables as never)).problems[0]?.code).toBe("PERSISTED_ONLY");
  expect(server.sent).toHaveLength(1);
});
