// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { unread } from "../../../api";
import { outcome, statement } from "../../../testing/fixtures";
import { refused, serve, type Sent } from "../../../testing/server";
import TimelinePart from "./TimelinePart";

// jsdom lays nothing out: without a height every row would be in sight.
Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, value: 58 });

const server = serve();
const all = 10_000;

beforeEach(() => {
  window.history.replaceState(null, "");
});

function line(total: number, from: number, first: number, missing: readonly object[] = []) {
  const axis = { scale: "YEAR", list: [{ date: "2024", count: total, sections: [{ section: "problems", count: total }] }] };
  return {
    totalCount: total,
    undated: 2,
    missing,
    span: { first: "2024-01-01", last: "2024-12-31" },
    axis,
    groups: { scale: "MONTH", list: [{ date: "2024-05", count: total, sections: [] }] },
    facets: { sections: [{ section: "problems", count: total }], organisations: [], sources: [], marks: [] },
    edges: Array.from({ length: Math.min(first, total - from) }, (_, i) => ({
      cursor: `c${from + i}`,
      section: "problems",
      mark: null,
      node: { __typename: "Problem", clinicalStatus: "active", ...statement(String(from + i), `Entry ${from + i}`) },
    })),
  };
}

function answers(total: () => number, missing: readonly object[] = []) {
  server.answers.set("PatientTimeline", ({ variables }: Sent) => ({
    data: { patient: { id: "p1", timeline: line(variables.text === "none" ? 0 : total(), Number(variables.skip ?? 0), Number(variables.first), missing) } },
  }));
}

const shown = (edition = 0, state = unread("p1")) => <TimelinePart id="p1" state={state} failed={null} edition={edition} limited={null} />;

test("10,000 entries are on the page only where one looks, and say where they stand", async () => {
  answers(() => all);
  render(shown());
  const list = await screen.findByRole("list", { name: "10,000 entries, newest first" });
  expect(list.children.length).toBeLessThan(60);
  expect(server.sent).toHaveLength(1); // one question paints the axis, the filters and the first rows
});

test("words are looked for once the typing stops, and an empty answer is not none while somebody is silent (H-02)", async () => {
  answers(() => all, [{ section: "results", outcome: outcome("Hospital", "UNAVAILABLE") }]);
  render(shown());
  await screen.findByText("Missing from this timeline: Hospital (investigation results), which does not answer.");
  await userEvent.type(screen.getByLabelText("Find in the timeline"), "none");
  await screen.findByText(/Nothing that fits has been found yet.*does not mean that there is nothing/, {}, { timeout: 5000 });
  const texts = server.sent.filter((s) => s.variables.whole === true).map((s) => s.variables.text);
  expect(texts).toEqual([null, "none"]);
});

test("what comes late is offered and moved in only when asked for", async () => {
  let total = 5;
  answers(() => total);
  const { rerender } = render(shown());
  await screen.findByRole("list", { name: "5 entries, newest first" });
  total = 8;
  const heard = { ...unread("p1"), sections: { problems: { heading: "", title: "", total: 3, verdict: "KNOWN" as const, withheldFields: [], outcomes: [], missing: [], entries: [] } } };
  rerender(shown(0, heard));
  const offer = await screen.findByRole("button", { name: "3 newer entries arrived – show" });
  expect(screen.getByRole("list", { name: "5 entries, newest first" })).toBeDefined();
  await userEvent.click(offer);
  await screen.findByRole("list", { name: "8 entries, newest first" });
});

test("H-01: an answer about somebody else is dropped", async () => {
  server.answers.set("PatientTimeline", { data: { patient: { id: "p2", timeline: line(5, 0, 5) } } });
  render(shown());
  await screen.findByText(/another person and was dropped/);
  expect(screen.queryByText("Entry 0")).toBeNull();
});

test("a refusal is not an empty line (H-02)", async () => {
  server.answers.set("PatientTimeline", refused("AUDIT_UNAVAILABLE", "Not now"));
  render(shown());
  await screen.findByText(/Unavailable\. The timeline could not be read; this does not mean that there is nothing/);
});

test("H-07: when less may be seen, what was shown goes at once", async () => {
  answers(() => 5);
  const { rerender } = render(shown());
  await screen.findByRole("list", { name: "5 entries, newest first" });
  server.answers.set("PatientTimeline", refused("FORBIDDEN", "Not any more"));
  rerender(shown(1));
  expect(screen.queryByRole("list")).toBeNull();
});
