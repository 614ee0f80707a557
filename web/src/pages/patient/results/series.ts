import { type Group, tellingGroup } from "./categories";
import { newestFirst } from "./moments";
import { isWithdrawn, type Reading } from "./readings";
import { compatible, loinc, type Signature, signatureOf } from "./signature";

/** One test with everything that was ever measured of it. */
export interface Test {
  /** The same for the same statements, in whatever order the systems answered. */
  readonly key: string;
  /** As the newest reading's source words it. */
  readonly name: string;
  /** Other wordings that sources have for it. */
  readonly names: readonly string[];
  /** Every "system|code" that sources have for it. */
  readonly codes: readonly string[];
  readonly group: Group;
  /** Newest first; none is lost, changed or in two tests. */
  readonly readings: readonly Reading[];
}

interface Cluster {
  readonly signatures: readonly Signature[];
}

/**
 * Brings the readings of all systems together into tests. A wrong join shows a potassium under
 * another test's name; a missed join shows two rows of one test. So whatever is in doubt stays apart.
 *
 * 1. Readings that share a code are one test, also through a third that shares one with each of
 *    them (a laboratory that sends its own code and LOINC joins both worlds) — if no two of the whole
 *    group contradict each other (see compatible). Where two do, a link of the chain is wrong and nobody can
 *    say which: the group falls back to those who have the very same LOINC codes and specimen.
 * 2. Names join only what agrees besides: the same words, the same material stated by both
 *    ("glucose" of blood and of urine have one name) or both at the bedside, no contradiction,
 *    and no second candidate.
 *
 * Nothing depends on the order of the readings: systems answer in any.
 */
export function tests(readings: readonly Reading[]): Test[] {
  const bySignature = new Map<string, { signature: Signature; readings: Reading[] }>();
  for (const reading of readings) {
    const signature = signatureOf(reading);
    const had = bySignature.get(signature.key);
    if (had === undefined) bySignature.set(signature.key, { signature, readings: [reading] });
    else had.readings.push(reading);
  }
  const signatures = [...bySignature.values()].map((s) => s.signature).sort((a, b) => (a.key < b.key ? -1 : 1));
  return byNames(byCodes(signatures)).map(({ signatures }) => asTest(signatures, signatures.flatMap((s) => bySignature.get(s.key)?.readings ?? [])));
}

function asTest(signatures: readonly Signature[], readings: readonly Reading[]): Test {
  const sorted = [...readings].sort(newestFirst);
  const wordings = [...new Set(sorted.map((r) => r.original.code?.label ?? ""))].filter((w) => w !== "");
  const current = sorted.find((r) => !isWithdrawn(r) && r.original.code?.label)?.original.code?.label;
  const name = current ?? wordings[0] ?? "Not named";
  return {
    key: signatures.map((s) => s.key).sort()[0] ?? "",
    name,
    names: wordings.filter((w) => w !== name),
    codes: [...new Set(signatures.flatMap((s) => s.codes))],
    group: tellingGroup(readings.map((r) => r.group)),
    readings: sorted,
  };
}

/** Groups that hang together by codes, split where they contradict themselves. */
function byCodes(signatures: readonly Signature[]): Cluster[] {
  const holders = new Map<string, Signature[]>();
  for (const s of signatures) for (const code of s.codes) holders.set(code, [...(holders.get(code) ?? []), s]);
  const seen = new Set<Signature>();
  const clusters: Cluster[] = [];
  for (const first of signatures) {
    if (seen.has(first)) continue;
    const group: Signature[] = [];
    const next = [first];
    seen.add(first);
    for (let s = next.pop(); s !== undefined; s = next.pop()) {
      group.push(s);
      for (const other of s.codes.flatMap((code) => holders.get(code) ?? [])) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    clusters.push(...agreed(group).map((signatures) => ({ signatures })));
  }
  return clusters;
}

/** The group itself, or its parts that certainly are one test. */
function agreed(group: readonly Signature[]): Signature[][] {
  if (agree(group)) return [[...group]];
  const parts = new Map<string, Signature[]>();
  for (const s of group) {
    const own = s.bySystem.get(loinc);
    const key = own === undefined ? s.key : JSON.stringify([[...own].sort(), s.specimen, s.family]);
    parts.set(key, [...(parts.get(key) ?? []), s]);
  }
  return [...parts.values()].flatMap((part) => (agree(part) ? [part] : part.map((s) => [s])));
}

function agree(all: readonly Signature[]): boolean {
  return all.every((a, i) => all.slice(i + 1).every((b) => compatible(a, b)));
}

/** Joins those of the same name where everything else agrees, and only if all that bear the name do. */
function byNames(clusters: readonly Cluster[]): Cluster[] {
  const bearers = new Map<string, Set<Cluster>>();
  for (const cluster of clusters) {
    for (const { name } of cluster.signatures) if (name.length > 2) bearers.set(name, (bearers.get(name) ?? new Set()).add(cluster));
  }
  const joined = new Map<Cluster, Cluster>();
  for (const [, all] of [...bearers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const members = [...new Set([...all].map((c) => joined.get(c) ?? c))];
    const signatures = members.flatMap((c) => c.signatures);
    if (members.length < 2 || !agree(signatures) || !sameThingExamined(signatures)) continue;
    const whole: Cluster = { signatures };
    for (const cluster of clusters) if (members.includes(joined.get(cluster) ?? cluster)) joined.set(cluster, whole);
  }
  return [...new Set(clusters.map((c) => joined.get(c) ?? c))];
}

/** Everybody says from what, and the same; or all were measured at the bedside, on the person. */
function sameThingExamined(all: readonly Signature[]): boolean {
  const first = all[0];
  if (first === undefined) return false;
  if (all.every((s) => s.family === "bedside")) return true;
  return first.material !== "" && all.every((s) => s.material === first.material && s.family === first.family);
}
