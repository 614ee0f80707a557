import { type Family, familyOf } from "./categories";
import { material, normalised } from "./names";
import type { Reading } from "./readings";

/** What a reading says about which test it is. Readings that say the same are the same test without further question. */
export interface Signature {
  /** Equal for equal signatures. */
  readonly key: string;
  /** Every "system|code". A code without a system, or with one that is no URI, means something only at its source. */
  readonly codes: readonly string[];
  readonly bySystem: ReadonlyMap<string, ReadonlySet<string>>;
  readonly name: string;
  /** What was examined as the source words it; "" if it does not say. */
  readonly specimen: string;
  /** The same more coarsely, also from the test's name: blood, urine …; "" if unclear. */
  readonly material: string;
  readonly family: Family;
}

export const loinc = "http://loinc.org";

/** Asked for again and again of the same readings. */
const made = new WeakMap<Reading, Signature>();

export function signatureOf(reading: Reading): Signature {
  const had = made.get(reading);
  if (had !== undefined) return had;
  const signature = signed(reading);
  made.set(reading, signature);
  return signature;
}

function signed(reading: Reading): Signature {
  const source = reading.entry.provenance?.source?.id;
  const bySystem = new Map<string, Set<string>>();
  for (const { system, code } of reading.original.code?.codings ?? []) {
    if (!code) continue;
    const scope = system?.includes(":") ? system.trim() : `source ${source ?? reading.key} ${system ?? ""}`;
    bySystem.set(scope, (bySystem.get(scope) ?? new Set()).add(code));
  }
  const codes = [...bySystem].flatMap(([system, of]) => [...of].map((code) => `${system}|${code}`)).sort();
  const name = normalised(reading.original.code?.label);
  const specimen = normalised(reading.specimen?.label);
  const family = familyOf(reading.group);
  // Words without a code are only ever one system's words.
  const identity = codes.length > 0 ? codes.join(" ") : `source ${source ?? reading.key} ${name === "" ? reading.key : name} of ${normalised(reading.whole)}`;
  return { key: JSON.stringify([identity, specimen, family]), codes, bySystem, name, specimen, material: material(specimen) || material(name), family };
}

/**
 * Nothing that the two say speaks against their being one test.
 * - Another kind of result is another test, unless one of them does not say its kind.
 * - One code system that calls them by different codes calls them different tests.
 * - Another specimen is another test. Only a shared LOINC code outweighs the words "serum" against
 *   "blood", because LOINC codes say themselves what is examined; it does not outweigh "sputum" against
 *   "urine", because some of its codes leave the specimen open ("XXX").
 */
export function compatible(a: Signature, b: Signature): boolean {
  if (a.family !== b.family && a.family !== "other" && b.family !== "other") return false;
  let shareLoinc = false;
  for (const [system, codes] of a.bySystem) {
    const others = b.bySystem.get(system);
    if (others === undefined) continue;
    if (![...codes].some((c) => others.has(c))) return false;
    shareLoinc ||= system === loinc;
  }
  if (a.material !== "" && b.material !== "" && a.material !== b.material) return false;
  if (a.specimen === "" || b.specimen === "" || a.specimen === b.specimen) return true;
  return shareLoinc && a.material === "blood" && b.material === "blood";
}
