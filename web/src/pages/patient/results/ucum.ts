/* The arithmetic of units, by the National Library of Medicine's UCUM library: fetched when
   something is to be compared, because it weighs as much as React. */

interface UnitObject {
  readonly dim_: { readonly dimVec_: readonly number[] | null } | null;
  readonly moleExp_: number;
  readonly isArbitrary_: boolean;
}

export interface UcumLibrary {
  readonly validateUnitString: (code: string) => { readonly status: string; readonly ucumCode: string | null };
  readonly getSpecifiedUnit: (code: string) => { readonly unit: UnitObject | null };
  readonly convertUnitTo: (from: string, value: number, to: string) => { readonly status: string; readonly toVal: number | null; readonly fromUnit?: UnitObject | null };
}

/** What the page needs to know about units; codes are as a source wrote them. */
export interface Units {
  /** Is a UCUM code, exactly as written. */
  readonly known: (code: string) => boolean;
  /** Takes a value from one unit to the other; null if they measure different things, or may. */
  readonly conversion: (from: string, to: string) => ((value: number) => number) | null;
}

/** Printable and without blanks, as UCUM codes are; whatever else is not given to the library. */
const written = /^[!-~]{1,30}$/;

/** How many different codes are looked up: a record has dozens, and each that is none costs milliseconds. */
const most = 400;

/**
 * Answers by the library, and refuses more than it does:
 * - annotated units ({score}, mL/min/{1.73_m2}): UCUM takes what stands in braces for 1, so that
 *   an eGFR per 1.73 m² would "convert" into a clearance;
 * - ratios and bare numbers (%, mmol/mol, 1): "48 mmol/mol = 4.8 %" is right by UCUM and wrong for
 *   HbA1c, whose percentage is of another method;
 * - mass and amount of substance: it needs the molar mass of what the name only suggests;
 * - arbitrary units ([IU]): each is of its own method (UCUM §24).
 */
export function unitsOf(library: UcumLibrary): Units {
  const valid = new Map<string, boolean>();
  const factors = new Map<string, ((value: number) => number) | null>();
  const known = (code: string) => remembered(valid, code, () => valid.size < most && isKnown(library, code));
  return {
    known,
    conversion: (from, to) => {
      if (!known(from) || !known(to)) return null;
      if (from === to) return same;
      return remembered(factors, `${from} ${to}`, () => conversion(library, from, to));
    },
  };
}

/** While the library is not there: nothing but the very same code is the same. */
export const noUnits: Units = { known: () => false, conversion: () => null };

/** Loads the library; the page shows what it can until then. */
export async function loadUnits(): Promise<Units> {
  const { UcumLhcUtils } = await import("@lhncbc/ucum-lhc");
  return unitsOf(UcumLhcUtils.getInstance());
}

function same(value: number): number {
  return value;
}

function isKnown(library: UcumLibrary, code: string): boolean {
  // The library looks words up in plain objects: "constructor" would be a unit.
  if (!written.test(code) || (code.match(/[A-Za-z_]+/g) ?? []).some((word) => word in Object.prototype)) return false;
  try {
    const found = library.validateUnitString(code);
    return found.status === "valid" && found.ucumCode === code;
  } catch {
    return false;
  }
}

function conversion(library: UcumLibrary, from: string, to: string): ((value: number) => number) | null {
  if (/[{}]/.test(from + to) || !measures(library, from) || !measures(library, to)) return null;
  const convert = (value: number): number | null => {
    try {
      const { status, toVal } = library.convertUnitTo(from, value, to);
      return status === "succeeded" && typeof toVal === "number" && Number.isFinite(toVal) ? toVal : null;
    } catch {
      return null;
    }
  };
  if (convert(1) === null || convert(0) === null) return null;
  // A value that cannot be converted is not drawn: NaN is no point.
  return (value) => convert(value) ?? NaN;
}

/** Has a dimension of its own, and is no unit of some method. */
function measures(library: UcumLibrary, code: string): boolean {
  try {
    const { unit } = library.getSpecifiedUnit(code);
    return unit !== null && !unit.isArbitrary_ && (unit.dim_?.dimVec_ ?? []).some((d) => d !== 0);
  } catch {
    return false;
  }
}

function remembered<T>(memory: Map<string, T>, key: string, find: () => T): T {
  const had = memory.get(key);
  if (had !== undefined) return had;
  const found = find();
  memory.set(key, found);
  return found;
}
