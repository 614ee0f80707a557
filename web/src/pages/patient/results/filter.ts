import { normalised } from "./names";
import type { Report } from "./readings";
import type { Test } from "./series";

/** Whether something is meant by what was typed: every word of it stands in one of the texts. */
export function meant(typed: string, texts: readonly (string | null | undefined)[]): boolean {
  const words = normalised(typed).split(" ").filter(Boolean);
  const held = texts.map(normalised).join("\n");
  return words.every((word) => held.includes(word));
}

/** By any system's wording, its codes, the panel or the laboratory's name for it. */
export function testMeant(typed: string, test: Test): boolean {
  if (typed.trim() === "") return true;
  const codes = test.codes.map((c) => c.slice(c.lastIndexOf("|") + 1));
  const panels = new Set(test.readings.flatMap((r) => [r.whole, r.from === "report" ? (r.entry.code?.label ?? "") : ""]));
  return meant(typed, [test.name, ...test.names, ...codes, ...panels]);
}

export function reportMeant(typed: string, report: Report): boolean {
  return meant(typed, [report.code?.label, report.category?.label, report.specimen?.label, report.conclusion]);
}
