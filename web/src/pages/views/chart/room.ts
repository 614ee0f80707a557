import { isPart, type Part } from "./check";
import type { Datum } from "./data";
import { usesOf } from "./uses";

/** The widest that what stands for one name is drawn. */
const widest = 140;
const aLetter = 8;

/** How wide a chart is drawn of the room that it has, and whether the names along its bottom must be slanted. */
export function roomFor(spec: Part, rows: readonly Datum[], width: number): { readonly width: number; readonly slanted: boolean } {
  const bottom = isPart(spec.encoding) && isPart(spec.encoding.x) ? spec.encoding.x.field : undefined;
  if (typeof bottom !== "string" || usesOf(spec).get(bottom) !== "name") return { width, slanted: false };
  const names = new Set(rows.map((r) => String(r[bottom] ?? "")));
  const own = Math.max(300, Math.min(width, 160 + names.size * widest));
  const each = (Math.min(own, width) - 80) / Math.max(1, names.size);
  return { width: Math.min(own, width), slanted: [...names].some((n) => n.length * aLetter > each) };
}
