import type { AmountFragment } from "../../../api/generated/graphql";
import type { Units } from "./ucum";

/**
 * What an amount is measured in, for the question whether two amounts may share an axis.
 * Words alone never say it: "mmol/L" without a code is its own unit, and so is a code that
 * the words contradict.
 */
export interface Unit {
  /** Equal for amounts that may stand on one axis without a conversion. */
  readonly key: string;
  /** As the source shows it. */
  readonly shown: string;
  /** Its UCUM code where that can be relied on. */
  readonly code: string | null;
  /** Why it cannot, in words; "" if it can. */
  readonly doubt: string;
}

export function unitOf(amount: Pick<AmountFragment, "unit" | "code">, units: Units): Unit {
  const shown = amount.unit ?? amount.code ?? "";
  const code = amount.code ?? "";
  const words = `words ${shown} ${code}`;
  if (code === "") return { key: words, shown, code: null, doubt: shown === "" ? "the source gives no unit" : "the source gives the unit in words only, without a code" };
  if (!units.known(code)) return { key: words, shown, code: null, doubt: "its unit code is not known" };
  if (contradicts(shown, code, units)) return { key: words, shown, code: null, doubt: `its unit reads ${shown}, and its unit code is ${code}` };
  return { key: `ucum ${code}`, shown, code, doubt: "" };
}

/** The words are a unit themselves, and another one. */
function contradicts(shown: string, code: string, units: Units): boolean {
  if (shown === code || !units.known(shown)) return false;
  const convert = units.conversion(shown, code);
  return convert === null || Math.abs(convert(1) - 1) > 1e-9 || Math.abs(convert(0)) > 1e-9;
}

/** Takes amounts of one unit to the axis of another; null if they must not share it. */
export function onto(from: Unit, axis: Unit, units: Units): ((value: number) => number) | null {
  if (from.key === axis.key) return (value) => value;
  if (from.code === null || axis.code === null) return null;
  return units.conversion(from.code, axis.code);
}

/** Why an amount has an axis of its own, as the page says it. */
export function apart(unit: Unit, from: Unit): string {
  const name = unit.shown === "" ? "Values without a unit" : `Values in ${unit.shown}`;
  if (unit.doubt !== "") return `${name} stand on an axis of their own: ${unit.doubt}.`;
  if (from.doubt !== "") return `${name} stand on an axis of their own: those in ${from.shown === "" ? "no unit" : from.shown} cannot be compared with them.`;
  return `${name} stand on an axis of their own: they cannot be converted into ${from.shown} safely.`;
}
