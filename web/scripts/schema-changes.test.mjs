import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { explained, objections } from "./schema-changes.mjs";

const released = buildSchema("type Query { patient(id: ID!): String old: String } enum Status { OK }");
const why = "nobody has asked for it since the first release";

describe("changes of the schema", () => {
  test.each([
    ["a field is gone", "type Query { patient(id: ID!): String } enum Status { OK }", ["FIELD_REMOVED: Query.old was removed."]],
    ["an argument is needed", "type Query { patient(id: ID!, why: String!): String old: String } enum Status { OK }", ["REQUIRED_ARG_ADDED: A required arg why on Query.patient was added."]],
    ["a value may come that nobody knew", "type Query { patient(id: ID!): String old: String } enum Status { OK LATE }", ["VALUE_ADDED_TO_ENUM: LATE was added to enum type Status."]],
    ["more can be asked", "type Query { patient(id: ID!): String old: String new: Int } enum Status { OK }", []],
    ["it is described otherwise", 'type Query { "One." patient(id: ID!): String old: String } enum Status { OK }', []],
  ])("%s", (_, text, objected) => {
    expect(objections(released, buildSchema(text), "## Unreleased\n")).toEqual(objected);
  });

  test("a change passes with its reason, and only before it is released", () => {
    const present = buildSchema("type Query { patient(id: ID!): String } enum Status { OK }");
    const said = `- \`Query.old was removed.\`: ${why}\n`;
    expect(objections(released, present, `# Changes\n\n## Unreleased\n\n${said}`)).toEqual([]);
    expect(objections(released, present, `## Unreleased\n\n## 1.0\n\n${said}`)).toHaveLength(1);
    expect(objections(released, present, "## Unreleased\n\n- `Query.old was removed.`: because\n")).toHaveLength(1);
  });

  test("a reason for what is not so is not left standing", () => {
    expect(objections(released, released, `## Unreleased\n\n- \`Query.old was removed.\`: ${why}\n`)).toEqual(["docs/api/changes.md explains what is not so: Query.old was removed."]);
  });

  test("a reason goes on for several lines", () => {
    expect(explained("## Unreleased\n\n- `a`: one\n  two\n\nthree\n- `b`: four\n## 1.0\n- `c`: five")).toEqual(new Map([["a", "one two"], ["b", "four"]]));
  });
});
