import { codeSystem } from "../../ui/codeSystems";
import { list } from "../../ui/words";
import type { Statement } from "../../components/EntryRow";
import { mark } from "./same";

/** Why statements stand in one row, in words: "the same SNOMED CT code and the same wording". */
export function reasons(originals: readonly Statement[]): string {
  if (originals.length < 2) return "";
  const marks = originals.map((o) => mark(o.code));
  const found = new Set<string>();
  marks.forEach((one, i) => {
    marks.slice(i + 1).forEach((other) => {
      const shared = [...one.codes].filter(([system, codes]) => other.codes.get(system) === codes);
      shared.forEach(([system]) => found.add(`the same ${codeSystem(system)} code`));
      if (shared.length === 0 && one.wording !== "" && one.wording === other.wording) found.add(byWording);
    });
  });
  return list([...[...found].filter((why) => why !== byWording).sort(), ...(found.has(byWording) ? [byWording] : [])]);
}

const byWording = "the same wording";
