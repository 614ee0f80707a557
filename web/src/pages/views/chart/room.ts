import { isPart, type Part } from "./check";
import type { Datum } from "./data";
import { usesOf } from "./uses";

/** What a chart is given of its page. */
export interface Room {
  readonly width: number;
  /** The names along the bottom have no room beside each other. */
  readonly crowded: boolean;
  /** So many names would stand at the side instead; 0 if they cannot. */
  readonly beside: number;
}

/** The widest that what stands for one name is drawn. */
const widest = 140;
const aLetter = 8;
/** More bars than these are no lines of text: they are looked at as a whole. */
const mostBeside = 60;

/** How wide a chart is drawn of the room that there is, and whether the names along its bottom fit. */
export function roomFor(spec: Part, rows: readonly Datum[], width: number): Room {
  const x = isPart(spec.encoding) && isPart(spec.encoding.x) ? spec.encoding.x : {};
  if (typeof x.field !== "string" || usesOf(spec).get(x.field) !== "name") return { width, crowded: false, beside: 0 };
  const { field } = x;
  const names = new Set(rows.map((r) => String(r[field] ?? "")));
  const own = Math.min(width, Math.max(300, 160 + names.size * widest));
  const each = (own - 80) / Math.max(1, names.size);
  const crowded = [...names].some((n) => n.length * aLetter > each);
  return crowded && canTurn(spec) && names.size <= mostBeside ? { width, crowded, beside: names.size } : { width: own, crowded, beside: 0 };
}

/** Bars may lie as well as stand: nothing else of what they show changes. */
function canTurn({ mark, encoding }: Part): boolean {
  const bars = mark === "bar" || (isPart(mark) && mark.type === "bar" && mark.orient === undefined);
  return bars && isPart(encoding) && isPart(encoding.y) && encoding.y.bin === undefined && !("x2" in encoding || "y2" in encoding || "row" in encoding || "column" in encoding);
}

const across: Readonly<Record<string, string>> = { x: "y", y: "x", xOffset: "yOffset", yOffset: "xOffset" };

/** A chart whose bars lie, so that their names are read at the side. */
export function turned(spec: Part): Part {
  if (!isPart(spec.encoding)) return spec;
  const sorted = (def: unknown): unknown => {
    if (!isPart(def) || typeof def.sort !== "string") return def;
    const [, less = "", by = ""] = /^(-?)([xy])$/.exec(def.sort) ?? [];
    return by === "" ? def : { ...def, sort: `${less}${across[by] ?? by}` };
  };
  return { ...spec, encoding: Object.fromEntries(Object.entries(spec.encoding).map(([channel, def]) => [across[channel] ?? channel, sorted(def)])) };
}
