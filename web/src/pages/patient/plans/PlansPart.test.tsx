// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { type Identity, type Sections, unread } from "../../../api";
import { worded } from "../../../testing/card";
import { completeness, outcome, statement } from "../../../testing/fixtures";
import PlansPart from "./PlansPart";

function decided(source: string, cpr: string | null) {
  const s = statement(source, "ReSPECT form", { date: "2026-10-08" });
  return { ...s, provenance: { ...s.provenance, source: { id: source, name: source, careSetting: "acute" } }, kind: "respect", status: "active", cpr, decision: "Comfort first", reviewDate: "2020-01-01", original: "yellow folder" };
}

function part(sections: Partial<Record<keyof Sections, unknown>>) {
  const state = { ...unread("p1"), identity: { id: "p1", person: null, registrations: [] } as unknown as Identity, phase: "settled" as const, sections: sections as Sections };
  render(<PlansPart id="p1" state={state} failed={null} edition={0} limited={null} />);
  return (name: RegExp) => screen.getByRole("region", { name });
}

test("H-11: forms that differ stand side by side, both whole, and nothing chooses", () => {
  const region = part({ endOfLife: { ...completeness("KNOWN", [outcome("GP", "ANSWERED")], { total: 2 }), entries: [decided("Hospital", "do-not-attempt"), decided("GP", "attempt")] } });
  const card = within(region(/ReSPECT/));
  expect(card.getByText(/^CPR decisions conflict/).textContent).toContain("Do not attempt CPR (Hospital, 08-Oct-2026); For attempted CPR (GP, 08-Oct-2026)");
  const sheets = card.getAllByRole("article");
  expect(sheets).toHaveLength(2);
  for (const sheet of sheets) {
    expect(sheet.textContent).toContain("Written by Dr Penhaligon, GP, Lantern Row Surgery · 08-Oct-2026");
    expect(sheet.textContent).toContain("Review overdue since 01-Jan-2020");
    expect(sheet.textContent).toContain("The original is here, yellow folder");
  }
});

test("H-02: without an answer nothing is inferred", () => {
  const region = part({ endOfLife: { ...completeness("UNAVAILABLE", [outcome("GP", "TIMED_OUT")]), entries: [] } });
  expect(within(region(/ReSPECT/)).queryAllByRole("article")).toEqual([]);
  expect(region(/ReSPECT/).textContent).toContain("this does not mean that there are none");
});

test("decisions without a code on CPR are not taken for one", () => {
  const region = part({ endOfLife: { ...completeness("KNOWN", [outcome("GP", "ANSWERED")], { total: 1 }), entries: [decided("GP", null)] } });
  expect(region(/ReSPECT/).textContent).toContain("No system states a decision on CPR in a code");
});

test("About me and plans are read whole", () => {
  const region = part({
    aboutMe: { ...completeness("KNOWN", [outcome("Council", "ANSWERED")], { total: 1 }), entries: [{ ...statement("a", "About me"), status: "final", title: null, reviewDate: null, items: [{ topic: worded("What matters"), text: "<b>My garden</b>\nBP <140" }] }] },
    carePlans: {
      ...completeness("KNOWN", [outcome("Council", "ANSWERED")], { total: 1 }),
      entries: [{ ...statement("c", "Care plan"), status: "active", title: "Falls", period: null, reviewDate: null, concerns: null, goals: [{ description: worded("Walk"), status: null, due: null }], activities: null, careTeam: null }],
    },
  });
  expect(within(region(/About me/)).getByText(/<b>My garden<\/b>/).textContent).toBe("<b>My garden</b>\nBP <140");
  expect(within(region(/Care and support/)).getByRole("heading", { name: "Falls", level: 3 })).toBeDefined();
  expect(region(/Care and support/).querySelector(".pw-sheet__list")?.textContent).toBe("Walk");
});
