import type { ViewSection } from "../../../api/views";
import type { Picked } from "../design/picker";
import { isPart, type Part } from "./check";

/* A chart by four choices, and back: pure, so that every rule of it can be tested. */

export type Mark = "bar" | "line" | "point";

export interface Simple {
  readonly mark: Mark;
  readonly x: string;
  /** "" is how many rows, or people, there are. */
  readonly y: string;
  /** "" is one colour. */
  readonly colour: string;
}

/** A column that a chart can show. */
export interface Charted {
  readonly name: string;
  readonly kind: string;
}

export function isNumber({ kind }: Charted): boolean {
  return kind === "integer" || kind === "decimal";
}

function isDate({ kind }: Charted): boolean {
  return kind === "date" || kind === "dateTime";
}

/** The columns of a picked view as their run will have them. */
export function chartedOf(columns: readonly Picked[], sections: readonly ViewSection[], secondary: boolean): readonly Charted[] {
  return columns.map(({ name, section, field: path, take }) => {
    if (take === "COUNT") return { name, kind: "integer" };
    const field = sections.find((s) => s.section === section)?.fields.find((f) => f.path === path);
    const kind = field?.kind ?? "string";
    return { name, kind: take === "ALL" || field?.many === true || (secondary && isDate({ name, kind })) ? "string" : kind };
  });
}

/** The columns of a ViewDefinition as it is being written; none while it cannot be read. */
export function chartedIn(definition: string): readonly Charted[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(definition);
  } catch {
    return [];
  }
  const found: Charted[] = [];
  const look = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(look);
    if (!isPart(part)) return;
    const { column, select, unionAll } = part;
    for (const c of Array.isArray(column) ? column : []) {
      if (isPart(c) && typeof c.name === "string" && !found.some((f) => f.name === c.name)) found.push({ name: c.name, kind: typeof c.type === "string" ? c.type : "string" });
    }
    look(select);
    look(unionAll);
  };
  look(parsed);
  return found;
}

/** What is chosen first for a kind of chart; null where there is nothing to draw it of. */
export function firstOf(mark: Mark, columns: readonly Charted[], secondary: boolean): Simple | null {
  const names = columns.filter((c) => !isNumber(c) && !/(^|_)(id|nhs_number)$/.test(c.name));
  const x = (mark === "bar" || secondary ? names[0] : (columns.find(isDate) ?? names[0])) ?? columns[0];
  if (x === undefined) return null;
  const y = mark === "point" && !secondary ? columns.find((c) => isNumber(c) && c.name !== x.name)?.name : undefined;
  return { mark, x: x.name, y: y ?? "", colour: "" };
}

/** The specification of four choices. */
export function specOf({ mark, x, y, colour }: Simple, columns: readonly Charted[], secondary: boolean): Part {
  const along = columns.find((c) => c.name === x) ?? { name: x, kind: "string" };
  const raw = mark === "point" && y !== "";
  const bottom = secondary ? { type: "nominal" } : isDate(along) ? (raw ? { type: "temporal" } : { type: "temporal", timeUnit: "yearmonth" }) : isNumber(along) ? (raw ? { type: "quantitative" } : { type: "quantitative", bin: { maxbins: 20 } }) : { type: "nominal" };
  return {
    mark: mark === "line" ? { type: "line", point: true } : mark,
    encoding: {
      x: { field: x, ...bottom },
      y: y === "" ? { aggregate: "count" } : { field: y, type: "quantitative", ...(raw ? {} : { aggregate: "mean" }) },
      ...(colour === "" ? {} : { color: { field: colour, type: "nominal" } }),
    },
  };
}

/** A specification as it stands in the box. */
export function written(spec: Part): string {
  return JSON.stringify(spec, null, 2);
}

/** A chart as it is read well. */
export function laidOut(chart: string): string {
  try {
    return JSON.stringify(JSON.parse(chart), null, 2);
  } catch {
    return chart;
  }
}

/** The four choices that a text says; null if it says more than they can. */
export function simpleOf(text: string, columns: readonly Charted[], secondary: boolean): Simple | null {
  let spec: unknown;
  try {
    spec = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isPart(spec) || !isPart(spec.encoding)) return null;
  const mark = isPart(spec.mark) ? spec.mark.type : spec.mark;
  const field = (channel: string) => {
    const part = isPart(spec.encoding) ? spec.encoding[channel] : undefined;
    return isPart(part) && typeof part.field === "string" ? part.field : "";
  };
  if (mark !== "bar" && mark !== "line" && mark !== "point") return null;
  const simple: Simple = { mark, x: field("x"), y: field("y"), colour: field("color") };
  return JSON.stringify(specOf(simple, columns, secondary)) === JSON.stringify(spec) ? simple : null;
}

/** A chart in which a column that has another name now is called so. */
export function renamed(text: string, from: string, to: string): string {
  let spec: unknown;
  try {
    spec = JSON.parse(text);
  } catch {
    return text;
  }
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (!isPart(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, name === "field" && v === from ? to : change(v)]));
  };
  const now = change(spec);
  return isPart(now) && JSON.stringify(now) !== JSON.stringify(spec) ? written(now) : text;
}
