import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { needsPage, problemWords } from "./problems";

// The specification lists the codes; one that is added there needs its words here.
const specification = readFileSync(new URL("../../../../docs/sign-in.md", import.meta.url), "utf8");
const codes = (/Codes of a refusal: `([a-z -]+)`/.exec(specification)?.[1] ?? "").split(" ").filter(Boolean);
const general = problemWords("no such code", "X");

test("the specification names the codes", () => {
  expect(codes.length).toBeGreaterThanOrEqual(11);
});

test.each(codes)("%s has words of its own: what happened and what to do next", (code) => {
  const words = problemWords(code, "Riverside Hospital");
  expect(words.title).not.toBe(general.title);
  for (const sentence of [words.happened, words.next]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  expect(JSON.stringify(words)).not.toContain(code.includes("-") ? code : `"${code}"`);
});

test("no-role says where somebody is signed in, and whom to ask", () => {
  const words = problemWords("no-role", "Riverside Hospital");
  expect(words.happened).toBe("You are signed in at Riverside Hospital, but nothing there gives you access to Patchwork.");
  expect(words.next).toContain("which group you need");
});

test.each(["", "nonsense", "<script>", "constructor", "__proto__"])("%s gets the general words", (code) => {
  expect(problemWords(code, "X")).toEqual(general);
  expect(needsPage(code)).toBe(false);
});
