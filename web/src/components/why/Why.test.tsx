// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { completeness, outcome } from "../../testing/fixtures";
import { SectionCard } from "../SectionCard";
import { type Explain, ExplainContext, type Explanation } from "./Why";

const withheld = completeness("WITHHELD", [outcome("GP", "WITHHELD", { reason: "Your role does not include this section", code: "policy" })]);

const plain: Explanation = {
  shown: false,
  sentence: "No policy allows a receptionist to read allergies",
  remedy: "Ask a clinician",
  resource: "record:allergies",
  policyVersion: "7",
  policies: null,
  attributes: null,
};

function card(explain: Explain | null) {
  const page = (current: Explain | null) => (
    <ExplainContext value={current}>
      <SectionCard name="allergies" title="Allergies" things="allergies" section={withheld} problem={null}>
        {null}
      </SectionCard>
    </ExplainContext>
  );
  const { rerender } = render(page(explain));
  return { region: screen.getByRole("region", { name: "Allergies" }), again: (next: Explain) => { rerender(page(next)); } };
}

test("the reason stands there with a lock, and nothing is asked until Why? is opened", async () => {
  let asked = 0;
  const { region } = card((question) => {
    asked++;
    expect(question).toMatchObject({ resource: "allergies", source: "gp" });
    return Promise.resolve(plain);
  });
  expect(region.textContent).toContain("Withheld from you. Your role does not include this section.");
  expect(region.querySelector(".pw-message--withheld .pw-icon")).not.toBeNull();
  expect(asked).toBe(0);
  await userEvent.click(within(region).getByText("Why?"));
  await screen.findByText("No policy allows a receptionist to read allergies.");
  expect(region.textContent).toContain("Ask a clinician.");
  expect(within(region).queryByRole("table")).toBeNull();
  expect(asked).toBe(1);
});

test("of several labels only those that hold something back are spoken of", async () => {
  const marked = completeness("WITHHELD", [outcome("GP", "WITHHELD", { reason: "Some of it is marked as sensitive", code: "label" })]);
  const explain: Explain = ({ label }) =>
    Promise.resolve(label === "safeguarding" ? { ...plain, shown: true, sentence: "It is shown to you" } : { ...plain, sentence: `What is marked ${label ?? ""} is not for your role`, remedy: null });
  render(
    <ExplainContext value={explain}>
      <SectionCard name="alerts" title="Alerts" things="alerts" section={marked} problem={null}>
        {null}
      </SectionCard>
    </ExplainContext>,
  );
  await userEvent.click(screen.getByText("Why?"));
  await screen.findByText("What is marked restricted is not for your role.");
  screen.getByText("What is marked very-restricted is not for your role.");
  expect(screen.queryByText("It is shown to you.")).toBeNull();
});

test("those who administer or audit see which policies apply and what the others lack", async () => {
  const { region } = card(() =>
    Promise.resolve({
      ...plain,
      policies: [
        { id: "receptionists-not-why", description: "Why somebody comes is clinical.", effect: "deny", applies: true, unmet: [] },
        { id: "clinicians-read", description: "", effect: "allow", applies: false, unmet: ["role is gp"] },
      ],
      attributes: [{ key: "role", values: ["receptionist"] }, { key: "launch", values: [] }],
    }),
  );
  await userEvent.click(within(region).getByText("Why?"));
  const rows = within(await screen.findByRole("table", { name: /record:allergies, version 7/ })).getAllByRole("row").map((r) => r.textContent);
  expect(rows[1]).toContain("receptionists-not-why");
  expect(rows[1]).toContain("denyYes");
  expect(rows[2]).toContain("allowNorole is gp");
  expect(region.textContent).toContain("rolereceptionist");
});

test("what was explained before a change of access is not shown after it", async () => {
  const { region, again } = card(() => Promise.resolve(plain));
  await userEvent.click(within(region).getByText("Why?"));
  await screen.findByText(/No policy allows/);
  again(() => Promise.resolve({ ...plain, sentence: "The person objects" }));
  expect(region.textContent).not.toContain("No policy allows");
  await screen.findByText("The person objects.");
});

test("that the server does not say why is said", async () => {
  const { region } = card(() => Promise.reject(new Error("down")));
  await userEvent.click(within(region).getByText("Why?"));
  await screen.findByText("Something went wrong on this page.");
});
