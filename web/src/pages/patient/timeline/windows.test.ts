import { expect, test } from "vitest";
import { across, lastFriday, lastMonths, length, moved, places, todayAt, windowOf, zoomedIn, zoomedOut } from "./windows";

const span = { from: "1931-04-04", to: "2027-02-27" };

test("a bucket's days, leap years too", () => {
  expect(windowOf("2024")).toEqual({ from: "2024-01-01", to: "2024-12-31" });
  expect(windowOf("2024-02")).toEqual({ from: "2024-02-01", to: "2024-02-29" });
  expect(windowOf("1900-02")).toEqual({ from: "1900-02-01", to: "1900-02-28" });
  expect(across("2024-03", "2023-12")).toEqual({ from: "2023-12-01", to: "2024-03-31" });
  expect(length(windowOf("2024"))).toBe(366);
});

test("zooming in ends at a week, zooming out at everything", () => {
  let w = windowOf("2024");
  for (let i = 0; i < 20; i++) w = zoomedIn(w);
  expect(length(w)).toBe(7);
  let wide: typeof w | null = w;
  let steps = 0;
  while (wide !== null && steps++ < 40) wide = zoomedOut(wide, span);
  expect(wide).toBeNull();
  const edge = zoomedOut({ from: "2027-01-01", to: "2027-02-27" }, span);
  expect(edge?.to).toBe(span.to);
});

test("earlier and later keep the length and stop at the ends", () => {
  const w = windowOf("2024-03");
  expect(moved(w, -1, span)).toEqual({ from: "2024-01-30", to: "2024-02-29" });
  expect(moved({ from: "1931-04-04", to: "1931-05-03" }, -1, span)).toBeNull();
  expect(moved({ from: "2027-02-01", to: "2027-02-20" }, 1, span)).toEqual({ from: "2027-02-08", to: "2027-02-27" });
  expect(moved({ from: "2027-02-08", to: "2027-02-27" }, 1, span)).toBeNull();
});

test("the last months end on a day that exists, and Friday lies before today", () => {
  expect(lastMonths(1, "2024-03-31")).toBe("2024-02-29");
  expect(lastMonths(12, "2024-02-29")).toBe("2023-02-28");
  for (const [today, friday] of [
    ["2026-11-27", "2026-11-20"], // itself a Friday
    ["2026-11-28", "2026-11-27"],
    ["2026-11-29", "2026-11-27"],
    ["2026-11-30", "2026-11-27"],
    ["2026-12-03", "2026-11-27"],
  ] as const)
    expect(lastFriday(today)).toBe(friday);
});

test("today is the United Kingdom's (H-14)", () => {
  expect(todayAt(new Date("2026-06-30T23:30:00Z"))).toBe("2026-07-01");
  expect(todayAt(new Date("2026-12-31T23:30:00Z"))).toBe("2026-12-31");
});

test("the places of an axis have no gap", () => {
  expect(places({ from: "2023-11-15", to: "2024-02-01" }, "MONTH")).toEqual(["2023-11", "2023-12", "2024-01", "2024-02"]);
  expect(places({ from: "2024-02-28", to: "2024-03-01" }, "DAY")).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
  expect(places(span, "YEAR")).toHaveLength(97);
});
