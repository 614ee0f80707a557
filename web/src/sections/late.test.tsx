// @vitest-environment jsdom
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { completeness, outcome, statement } from "../testing/fixtures";
import { worded } from "../testing/card";
import { allergies } from "./allergies/allergies";
import type { Allergy } from "./grouping/allergies";

const own = { clinicalStatus: "active", verification: "confirmed", kind: null, categories: null, criticality: null, reactions: null, lastOccurrence: null, ended: null };

function allergy(label: string, source: string, more: Partial<Allergy> = {}): Allergy {
  const plain = statement(label, label);
  return { ...plain, ...own, code: worded(label), provenance: { source: { id: source, name: source, careSetting: null }, organisation: null, localId: label, retrieved: null, asOf: null }, ...more };
}

function card(entries: readonly Allergy[], awaited: boolean) {
  const outcomes = [outcome("GP", "ANSWERED"), outcome("Infirmary", awaited ? "PENDING" : "ANSWERED")];
  return <>{allergies.card({ allergies: { ...completeness(awaited ? "KNOWN_INCOMPLETE" : "KNOWN", outcomes, { total: entries.length }), entries: [...entries] } }, null)}</>;
}

const shown = () => [...screen.getByRole("region").querySelectorAll(".pw-row__main")].map((m) => m.textContent);
const first = [allergy("Latex", "GP"), allergy("Egg", "GP")];
const later = [...first, allergy("Penicillin", "Infirmary", { criticality: "high" }), allergy("Nuts", "Infirmary")];

describe("what arrives late", () => {
  test("is simply shown before anybody has touched the card", () => {
    const { rerender } = render(card(first, true));
    rerender(card(later, false));
    expect(shown()).toEqual(["Penicillin", "Egg", "Latex", "Nuts"]);
  });

  test.each<[string, () => void]>([
    ["focused", () => fireEvent.focusIn(within(screen.getByRole("region")).getAllByText("Details")[0] ?? document.body)],
    ["pressed", () => fireEvent.pointerDown(screen.getByRole("region"))],
    [
      "scrolled to",
      () => {
        Object.defineProperty(window, "scrollY", { value: 40, configurable: true });
        fireEvent.scroll(window);
        Object.defineProperty(window, "scrollY", { value: 0, configurable: true });
      },
    ],
  ])("is offered once the card has been %s: by whom, and that it is dangerous", (_, engage) => {
    const { rerender } = render(card(first, true));
    act(engage);
    rerender(card(later, false));
    expect(shown()).toEqual(["Egg", "Latex"]);
    const offer = screen.getByRole("button", { name: "2 more from Infirmary, 1 of high risk – show these allergies" });
    fireEvent.click(offer);
    expect(shown()).toEqual(["Penicillin", "Egg", "Latex", "Nuts"]);
    expect(document.activeElement).toBe(screen.getByRole("heading", { level: 2 }));
  });

  test("H-11: that systems disagree now is said before it is shown", () => {
    const { rerender } = render(card(first, true));
    fireEvent.pointerDown(screen.getByRole("region"));
    rerender(card([...first, allergy("Latex", "Infirmary", { verification: "refuted" })], false));
    expect(screen.queryByText("Systems disagree.")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: /^1 more from Infirmary, systems now disagree – show/ }));
    expect(screen.getByText("Systems disagree.")).toBeTruthy();
  });

  test("H-02: the first rows of a card are always shown, and H-07: what may not be seen any more is gone at once", () => {
    const { rerender } = render(card([], true));
    fireEvent.pointerDown(screen.getByRole("region"));
    rerender(card(first, true));
    expect(shown()).toEqual(["Egg", "Latex"]);
    rerender(card([allergy("Latex", "GP")], false));
    expect(shown()).toEqual(["Latex"]);
  });

  test("scrolling elsewhere, or a page that only begins, engages nothing", () => {
    const { rerender } = render(card(first, true));
    fireEvent.scroll(window);
    rerender(card(later, false));
    expect(shown()).toHaveLength(4);
  });
});

describe("hostile records", () => {
  test("400 allergies: every one is in sight", () => {
    const many = Array.from({ length: 400 }, (_, i) => allergy(`Substance ${i % 200} of ${i % 2 === 0 ? "one" : "another"} kind`, i < 200 ? "GP" : "Infirmary"));
    render(card(many, false));
    const rows = [...document.querySelectorAll(".pw-row--group")];
    expect(rows).toHaveLength(200);
    expect(rows.every((r) => r.getAttribute("data-originals") === "2")).toBe(true);
  }, 60_000);

  test("overlong, right to left, undated, of 1899, and of nothing at all: each is a row as it came", () => {
    const odd = [
      allergy("بنسلين", "GP", { date: "1899-12-30" }),
      allergy("x".repeat(5000), "GP", { date: null }),
      { ...allergy("", "GP"), code: null, date: null, clinicalStatus: null, verification: null, provenance: null, id: null },
      { ...allergy("", "GP"), code: null, date: null, clinicalStatus: null, verification: null, provenance: null, id: null },
    ];
    render(card(odd, false));
    expect(shown()).toEqual(expect.arrayContaining(["بنسلين", "x".repeat(5000), "Substance not stated", "Substance not stated"]));
    expect(shown()).toHaveLength(4);
    expect(screen.getByRole("region").textContent).toContain("30-Dec-1899");
    expect(screen.getByRole("region").textContent).toMatch(/12\d years ago/);
  });
});
