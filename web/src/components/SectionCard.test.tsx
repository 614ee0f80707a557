// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { Completeness } from "../api";
import { completeness, outcome } from "../testing/fixtures";
import { openAll } from "../testing/openAll";
import { SectionCard } from "./SectionCard";

function card(section: Completeness | undefined, problem: string | null = null) {
  render(
    <SectionCard name="allergies" title="Allergies" things="allergies" section={section} problem={problem}>
      {section && section.total > 0 ? <p>a row</p> : null}
    </SectionCard>,
  );
  return screen.getByRole("region", { name: "Allergies" });
}

describe("the card's state", () => {
  test("loading: busy, and says that it is asking", () => {
    const region = card(undefined);
    expect(region.getAttribute("aria-busy")).toBe("true");
    expect(region.textContent).toContain("Asking every system");
  });

  test("never answered: unavailable, not empty", () => {
    const region = card(undefined, "It could not be asked for");
    expect(region.getAttribute("aria-busy")).toBe("false");
    expect(region.textContent).toContain("Unavailable. It could not be asked for");
  });

  test("entries stay visible while a system is awaited", () => {
    const region = card(completeness("KNOWN_INCOMPLETE", [outcome("GP", "ANSWERED", { count: 1 }), outcome("Hospital", "PENDING")], { total: 1 }));
    expect(region.getAttribute("aria-busy")).toBe("true");
    expect(region.textContent).toContain("a row");
    expect(region.textContent).toContain("Waiting for Hospital");
  });

  test("the foot says what each system answered", () => {
    const region = card(completeness("UNAVAILABLE", [outcome("GP", "EMPTY"), outcome("Hospital", "TIMED_OUT"), outcome("Council", "NOT_OFFERED")]));
    expect(region.textContent).toContain("1 of 2 systems answered in full");
    openAll();
    expect(region.textContent).toContain("Council does not offer this section");
  });
});
