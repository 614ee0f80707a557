import type { ListFacts } from "../../api";

/** A list of the reader's own, for tests. */
export function listFacts(more: Partial<ListFacts> = {}): ListFacts {
  return {
    id: "l1",
    version: 4,
    title: "Ward 7",
    description: null,
    owner: { id: "u0", name: "Alex Grant", organisation: { ods: "YZ901", name: "Lantern Row Surgery" }, role: "gp" },
    may: "OWN",
    changed: "2026-11-27T09:00:00Z",
    changedBy: "Alex Grant",
    archived: null,
    size: 2,
    news: 0,
    columns: [],
    roster: null,
    ...more,
  };
}
