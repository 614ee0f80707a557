import { expect, test } from "vitest";
import type { Login } from "../../api";
import { matching } from "./matching";

const login = (id: string, name: string, organisations: [string, string][], domains: string[] = []): Login => ({
  id,
  name,
  way: "redirect",
  organisations: organisations.map(([ods, n]) => ({ ods, name: n })),
  domains,
  requires: [],
});
const all = [
  login("riverside", "Riverside Hospital", [["RRV01", "Riverside Hospital NHS Trust"]], ["riverside.nhs.uk"]),
  login("cis2", "NHS smart card", [["YZ901", "Lantern Row Surgery"], ["YZ902", "St. Anne’s Practice"], ["YZ903", "Río Street Practice"], ["YZ904", "Fourth Practice"]], ["nhs.net"]),
  login("council", "County Council", [["X1", "County Council"]], ["county.gov.uk"]),
];
const found = (typed: string) => matching(all, typed).map((m) => m.login.id);

test.each([
  ["", ["riverside", "cis2", "council"]],
  ["  ", ["riverside", "cis2", "council"]],
  ["river", ["riverside"]],
  ["hospital riverside", ["riverside"]],
  ["rrv01", ["riverside"]],
  ["RRV", ["riverside"]],
  ["lantern", ["cis2"]],
  ["st. annes", ["cis2"]],
  ["rio", ["cis2"]],
  ["spital", []],
  ["anna@riverside.nhs.uk", ["riverside"]],
  ["anna@ward.riverside.nhs.uk", ["riverside"]],
  ["anna@river", ["riverside"]],
  ["anna@notriverside.nhs.uk", []],
  ["a@b@COUNTY.gov.uk", ["council"]],
  ["anna@", []],
  ["nhs.net", ["cis2"]],
  ["(*+?", []],
])("%s", (typed, ids) => {
  expect(found(typed)).toEqual(ids);
});

test("what is shown is what made it fit, else the first few; never the name twice", () => {
  expect(matching(all, "lantern")[0]?.shown).toEqual(["Lantern Row Surgery"]);
  expect(matching(all, "smart")[0]?.shown).toHaveLength(3);
  expect(matching(all, "council")[0]?.shown).toEqual([]);
});
