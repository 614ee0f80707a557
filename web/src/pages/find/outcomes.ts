import type { SearchQuery } from "../../api/generated/graphql";
import { list } from "../../ui/words";

type Outcome = SearchQuery["searchPatients"]["outcomes"][number];

const silent = ["TIMED_OUT", "UNAVAILABLE", "PENDING", "UNKNOWN", "PARTIAL", "MISMATCHED"];
/** What a system may say besides not answering at all; it is never "nobody". */
const refusals: Readonly<Record<string, (names: string, one: boolean) => string>> = {
  "search-not-offered": (names) => `${names} cannot be searched in this way`,
  "too-many-matches": (names) => `${names} found too many people to show`,
  policy: (names, one) => `Your role does not include searching ${one ? names : `these: ${names}`}, or not by this`,
  label: (names, one) => `${names} ${one ? "holds" : "hold"} somebody who is marked as sensitive, and not for your role`,
};

/** One sentence for each way in which systems did not say who is there. */
export function missingSentences(outcomes: readonly Outcome[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const o of outcomes) {
    const withheld = o.status === "WITHHELD";
    // "not-asked": the question was for another system alone.
    const unsearchable = o.status === "NOT_OFFERED" && o.code !== "not-asked";
    if (!silent.includes(o.status) && !withheld && !unsearchable) continue;
    const code = unsearchable ? "search-not-offered" : withheld ? (o.code === "label" ? "label" : "policy") : o.code && o.code in refusals ? o.code : "";
    names.set(code, [...(names.get(code) ?? []), o.source?.name ?? "A system"]);
  }
  return [...names].map(([code, who]) => {
    const known = refusals[code];
    if (known === undefined) return `${list(who)} did not answer. People known only there are missing.`;
    const sentence = `${known(list(who), who.length === 1)}.`;
    return code === "label" ? sentence : `${sentence} People known only there are missing.`;
  });
}
