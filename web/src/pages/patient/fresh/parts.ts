import { type RecordState, type SectionName, sectionNames } from "../../../api";
import { type LookedPart, RecordDocument } from "../../../api/generated/graphql";
import { asked } from "../../../api/operation";
import type { Statement } from "../../../components/EntryRow";
import { digest, said } from "./digest";

/** What is shown, in digests, and the way back from them. */
export interface Shown {
  readonly parts: readonly LookedPart[];
  /** By statement: which entries it stands for. */
  readonly entries: ReadonlyMap<string, readonly { readonly section: SectionName; readonly entry: Statement }[]>;
  /** By part: which system of which section it is. */
  readonly names: ReadonlyMap<string, { readonly section: SectionName; readonly source: string }>;
}

/** What a system has told in full: what it tells later was not there. */
const whole: readonly string[] = ["ANSWERED", "ASSERTED_NONE", "EMPTY"];
/** Nobody was asked there, so that there is nothing to compare. */
const nobody: readonly string[] = ["NOT_OFFERED", "NOT_REGISTERED"];

/** The least that a digest of what is shown depends on beside it: another question is answered otherwise, and makes nothing new. */
const question = asked(RecordDocument).documentId;

/** What of the record is on the page, by section and system. What policy holds back of the fields makes another part of it: that more or less may be seen is no news of the person. */
export async function shownOf(state: RecordState): Promise<Shown> {
  const parts: LookedPart[] = [];
  const entries = new Map<string, { section: SectionName; entry: Statement }[]>();
  const names = new Map<string, { section: SectionName; source: string }>();
  const by = await digest(question);
  for (const section of sectionNames) {
    const set = state.sections[section];
    if (set === undefined) continue;
    const bySource = new Map<string, Statement[]>();
    for (const entry of set.entries ?? []) {
      const source = entry.provenance?.source?.id ?? "";
      bySource.set(source, [...(bySource.get(source) ?? []), entry]);
    }
    for (const outcome of set.outcomes) {
      const source = outcome.source?.id ?? "";
      if (source === "" || nobody.includes(outcome.status)) continue;
      const of = await digest([by, section, source, ...[...set.withheldFields].sort()].join("\n"));
      const statements: string[] = [];
      for (const entry of bySource.get(source) ?? []) {
        const content = said(entry);
        const statement = `${await digest(`${section}\n${entry.id ?? content}`)}.${await digest(content)}`;
        statements.push(statement);
        entries.set(statement, [...(entries.get(statement) ?? []), { section, entry }]);
      }
      parts.push({ of, whole: whole.includes(outcome.status), statements });
      names.set(of, { section, source: outcome.source?.name ?? "A system" });
    }
  }
  return { parts, entries, names };
}

const mostStatements = 1000;
const mostParts = 200;

/** As many questions as the server's bounds need. */
export function inGoes(parts: readonly LookedPart[]): readonly (readonly LookedPart[])[] {
  const goes: LookedPart[][] = [];
  let room = 0;
  for (const part of parts) {
    for (let from = 0; from === 0 || from < part.statements.length; ) {
      const last = goes.at(-1);
      if (last === undefined || room === 0 || last.length === mostParts) {
        goes.push([]);
        room = mostStatements;
      }
      const some = part.statements.slice(from, from + room);
      goes.at(-1)?.push({ ...part, statements: some });
      room -= some.length;
      from += Math.max(some.length, 1);
    }
  }
  return goes;
}
