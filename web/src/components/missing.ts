import type { Outcome, RecordState, Registration, SectionName } from "../api";
import { sectionNames } from "../api";
import type { MessageTone } from "../ui/Message";
import { count, list } from "../ui/words";
import { sourceName } from "./sentences";

export interface Missing {
  readonly tone: MessageTone;
  readonly text: string;
}

type Kind = "waiting" | "silent" | "partial" | "withheld" | "mismatched";

const kinds: Partial<Record<Outcome["status"], Kind>> = {
  PENDING: "waiting",
  TIMED_OUT: "silent",
  UNAVAILABLE: "silent",
  UNKNOWN: "silent",
  PARTIAL: "partial",
  WITHHELD: "withheld",
  MISMATCHED: "mismatched",
};

/** Whose data is not on this page, in one short line: systems first, then what is held back. */
export function missingFrom(state: RecordState): Missing[] {
  const found = new Map<Kind, Map<string, Set<SectionName>>>();
  const withheld = new Set<SectionName>();
  let answered = 0;
  for (const name of sectionNames) {
    const section = state.sections[name];
    if (section === undefined) continue;
    answered++;
    for (const outcome of section.missing) {
      const kind = kinds[outcome.status] ?? "silent";
      if (kind === "withheld") withheld.add(name);
      const sources = found.get(kind) ?? new Map<string, Set<SectionName>>();
      const source = sourceName(outcome);
      sources.set(source, (sources.get(source) ?? new Set()).add(name));
      found.set(kind, sources);
    }
  }
  const line: Missing[] = [];
  const say = (kind: Kind, tone: MessageTone, words: (who: string, many: boolean) => string) => {
    const sources = found.get(kind);
    if (!sources) return;
    const names = [...sources].map(([source, sections]) => (sections.size >= answered - 1 ? source : `${source} (${count(sections.size, "section")})`));
    line.push({ tone, text: words(list(names), names.length > 1) });
  };
  say("silent", "missing", (who, many) => `Missing from this page: ${who}, which ${many ? "do" : "does"} not answer`);
  say("mismatched", "missing", (who) => `Not shown: ${who}, not tied to this person with certainty`);
  say("partial", "missing", (who) => `Incomplete: ${who}`);
  say("waiting", "waiting", (who) => `Still waiting for ${who}`);
  if (withheld.size > 0) line.push({ tone: "withheld", text: `Withheld from you in ${count(withheld.size, "section")}` });
  return line;
}

/** What a registration's state means, in words. */
export function registrationWords(r: Registration): string {
  switch (r.state) {
    case "LINKED":
      return r.links.some((l) => l.status === "TRACED") ? "knows this person, found by a former NHS number" : "knows this person";
    case "ABSENT":
      return "does not know this person";
    case "CONFLICT":
      return "has a record that disagrees; not shown";
    case "UNVERIFIED":
      return "has an unverified record; not shown";
    case "UNANSWERED":
      return "did not answer";
    case "PENDING":
      return "is being asked";
    case "UNSEARCHABLE":
      return "cannot be searched";
    case "WITHHELD":
      return "is held back from you, and whether it knows this person too";
  }
}
