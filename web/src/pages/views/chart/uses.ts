import { isPart, type Part } from "./check";

/** As what a column is taken in a chart: its name, a number that is measured, or a date on a line of time. */
export type Use = "name" | "number" | "date";

const lookedThrough = ["encoding", "layer", "transform"];

/** As what each column of a judged specification is taken. */
export function usesOf(spec: Part): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  for (const channel of channelsOf(spec)) {
    const { field, type, aggregate, bin, timeUnit } = channel;
    if (typeof field !== "string") continue;
    const use: Use = type === "temporal" || timeUnit !== undefined ? "date" : type === "quantitative" || (bin !== undefined && bin !== false) || (aggregate !== undefined && aggregate !== "count" && aggregate !== "distinct") ? "number" : "name";
    if (use !== "name" || !uses.has(field)) uses.set(field, use);
  }
  return uses;
}

/** Every definition of a channel, of all layers. */
export function channelsOf(spec: Part): readonly Part[] {
  const own = isPart(spec.encoding) ? Object.values(spec.encoding).filter(isPart) : [];
  const layers = Array.isArray(spec.layer) ? spec.layer.filter(isPart) : [];
  return [...own, ...layers.flatMap(channelsOf)];
}

/** A copy in which every definition of a channel, and every filter, is what `change` makes of it. */
export function changed(spec: Part, change: (part: Part, channel: string) => Part): Part {
  return Object.fromEntries(
    Object.entries(spec).map(([name, value]) => {
      if (!lookedThrough.includes(name)) return [name, value];
      if (name === "encoding" && isPart(value)) return [name, Object.fromEntries(Object.entries(value).map(([channel, def]) => [channel, isPart(def) ? change(def, channel) : def]))];
      if (name === "layer" && Array.isArray(value)) return [name, value.map((layer: unknown) => (isPart(layer) ? changed(layer, change) : layer))];
      if (name === "transform" && Array.isArray(value)) return [name, value.map((t: unknown) => (isPart(t) && isPart(t.filter) ? { filter: change(t.filter, "") } : t))];
      return [name, value];
    }),
  );
}
