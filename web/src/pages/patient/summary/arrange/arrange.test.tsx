// @vitest-environment jsdom
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { sectionNames } from "../../../../api";
import { refused, serve } from "../../../../testing/server";
import { placed, useLayout } from "../../layout/useLayout";
import { Arrange } from "./Arrange";

const server = serve();
const sentTo = (name: string) => server.sent.filter((s) => s.name === name);
const layout = (names: string[], version: number, own = version > 0) => ({ own, version, sections: names.map((name) => ({ name, folded: name === "consents" })) });

function Page() {
  const kept = useLayout();
  return (
    <>
      <Arrange layout={kept} />
      <p data-testid="order">{kept.sections.map((s) => `${s.name}${s.folded ? "*" : ""}`).join(" ")}</p>
    </>
  );
}
const order = () => screen.getByTestId("order").textContent.split(" ");

beforeEach(() => {
  server.answers.set("Layout", { data: { viewerLayout: layout(["results", "consents", "allergies"], 4) } });
});

test("the server's order, with every section that this page knows", async () => {
  render(<Page />);
  expect(order()[0]).toBe("allergies"); // until it has answered
  await waitFor(() => {
    expect(order().slice(0, 3)).toEqual(["results", "consents*", "allergies"]);
  });
  expect(order().map((s) => s.replace("*", "")).sort()).toEqual([...sectionNames].sort());
});

test("what the page does not know is left out, and what must not be folded is open", () => {
  const got = placed([{ name: "astrology", folded: false }, { name: "alerts", folded: true }]);
  expect(got[0]).toEqual({ name: "alerts", folded: false });
  expect(got).toHaveLength(sectionNames.length);
});

test("moving and folding by buttons, with the focus kept; saving says the version that was seen", async () => {
  server.answers.set("SetLayout", { data: { setViewerLayout: layout(["consents", "results", "allergies"], 5) } });
  render(<Page />);
  await waitFor(() => {
    expect(order()[0]).toBe("results");
  });
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Rearrange the summary" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).queryByRole("button", { name: "Fold Allergies and adverse reactions" })).toBeNull();
  const first = within(dialog).getByRole("button", { name: /^Move up Investigation results|^Move up Results/ });
  expect(first.getAttribute("aria-disabled")).toBe("true");
  const up = within(dialog).getByRole("button", { name: /^Move up Consent/ });
  await user.click(up);
  expect(document.activeElement?.id).toBe("arrange-consents-up");
  expect(screen.getAllByRole("status").map((s) => s.textContent).join()).toContain("is number 1 of");
  await user.click(within(dialog).getByRole("button", { name: /^Unfold Consent/ }));
  await user.click(within(dialog).getByRole("button", { name: "Save this order" }));
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  const sent = sentTo("SetLayout")[0]?.variables as { version: number; sections: object[] };
  expect(sent.version).toBe(4);
  expect(sent.sections.slice(0, 2)).toEqual([{ name: "consents", folded: false }, { name: "results", folded: false }]);
});

test("what another window has changed is shown and not written over", async () => {
  server.answers.set("SetLayout", refused("LAYOUT_CHANGED", "You have changed the order in another window: look again"));
  render(<Page />);
  await waitFor(() => {
    expect(order()[0]).toBe("results");
  });
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Rearrange the summary" }));
  await user.click(screen.getByRole("button", { name: /^Move up Consent/ }));
  server.answers.set("Layout", { data: { viewerLayout: layout(["problems", "results"], 5) } });
  await user.click(screen.getByRole("button", { name: "Save this order" }));
  await screen.findByText(/You have changed the order in another window/);
  expect(order()[0]).toBe("problems");
  server.answers.set("ResetLayout", { data: { resetViewerLayout: layout(["allergies"], 6, false) } });
  await user.click(screen.getByRole("button", { name: "Use the usual order" }));
  await waitFor(() => {
    expect(sentTo("ResetLayout")[0]?.variables).toEqual({ version: 5 });
  });
});

test("an order that cannot be read leaves the built-in one, and says so", async () => {
  server.answers.set("Layout", refused("INTERNAL", "Something went wrong here"));
  render(<Page />);
  await screen.findByText(/Your own order could not be read/);
  expect(order()[0]).toBe("allergies");
});
