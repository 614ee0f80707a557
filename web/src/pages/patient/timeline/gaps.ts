import { sourceName } from "../../../components/sentences";
import { sectionTitle } from "../../../sections";
import type { MessageTone } from "../../../ui/Message";
import { count, list, stop } from "../../../ui/words";
import type { Gap } from "./useTimeline";

export interface GapSentence {
  readonly tone: MessageTone;
  readonly text: string;
}

/** Who and what is missing from the line, one sentence for each reason: said above the list, whatever the filters. */
export function gapSentences(gaps: readonly Gap[]): GapSentence[] {
  const groups = new Map<string, { readonly gap: Gap; readonly sources: Set<string>; readonly sections: Set<string> }>();
  for (const gap of gaps) {
    const { status, source, reason } = gap.outcome;
    const key = `${status}|${source === null || source === undefined ? "" : sourceName(gap.outcome)}|${status === "WITHHELD" || status === "PARTIAL" ? (reason ?? "") : ""}`;
    const group = groups.get(key) ?? { gap, sources: new Set<string>(), sections: new Set<string>() };
    if (source) group.sources.add(sourceName(gap.outcome));
    group.sections.add(gap.section);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ gap, sources, sections }) => sentence(gap, list([...sources]), [...sections]));
}

function sentence(gap: Gap, who: string, sections: readonly string[]): GapSentence {
  const of = sections.length > 3 ? count(sections.length, "section") : list(sections.map((s) => sectionTitle(s).toLowerCase()));
  const why = gap.outcome.reason ? ` ${stop(gap.outcome.reason)}` : "";
  switch (gap.outcome.status) {
    case "PENDING":
      return { tone: "waiting", text: `Still waiting for ${who} (${of}).` };
    case "WITHHELD":
      return { tone: "withheld", text: `Withheld from you${who ? ` by ${who}` : ""} (${of}).${why}` };
    case "PARTIAL":
      return { tone: "missing", text: `Incomplete: ${who} (${of}).${why}` };
    case "MISMATCHED":
      return { tone: "missing", text: `Not shown: ${who} (${of}), not tied to this person with certainty.` };
    default:
      return { tone: "missing", text: `Missing from this timeline: ${who} (${of}), which ${gap.outcome.status === "TIMED_OUT" ? "did not answer in time" : "does not answer"}.` };
  }
}
