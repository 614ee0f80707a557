import { people, momentOf } from "./data";
import type { Part } from "./check";
import { type Room, turned } from "./room";
import { changed, usesOf } from "./uses";

/** What the page's own styles say: colours are its variables, so that a drawing follows its scheme, and paper is white. */
const categories = Array.from({ length: 8 }, (_, i) => `var(--chart-${i + 1})`);
const ramps = { light: ["#9cc4ea", "#5c98d2", "#1d6ab8", "#003a7a"], dark: ["#2f6496", "#5a93c8", "#8dbfec", "#cfe6fb"] };

interface Surroundings extends Room {
  readonly dark: boolean;
  /** It is drawn of counts, and not of rows. */
  readonly counts: boolean;
}

/** A judged specification as it is drawn: with the page's width and colours, and with what its author left open. */
export function prepared(spec: Part, { width, crowded, beside, dark, counts }: Surroundings): Part {
  const uses = usesOf(spec);
  const types = { name: "nominal", number: "quantitative", date: "temporal" } as const;
  const whole = changed(beside > 0 ? turned(spec) : spec, (part, channel) => {
    if (channel === "") return dated(part, uses.get(String(part.field)) === "date");
    if (part.aggregate === "count") {
      const { aggregate, field, ...rest } = part;
      const asked = { title: counts ? "People" : "Rows", ...rest, type: "quantitative", ...axisOf(channel, rest.axis) };
      return counts ? { field: people, ...asked } : { aggregate, ...(field === undefined ? {} : { field }), ...asked };
    }
    if (typeof part.field !== "string" || part.type !== undefined || part.aggregate !== undefined) return part;
    return channel === "x2" || channel === "y2" ? part : { ...part, type: types[uses.get(part.field) ?? "name"] };
  });
  return {
    height: 300,
    ...whole,
    ...(beside > 0 ? { height: { step: 30 } } : {}),
    $schema: undefined, // an address, which nobody follows
    ...(hasFacets(whole) ? {} : { width, autosize: { type: "fit-x", contains: "padding" } }),
    data: { name: "rows" },
    // What is held back keeps its place on the axis.
    config: { ...config(width, crowded, dark ? ramps.dark : ramps.light), ...(counts ? { mark: { color: "var(--chart-1)", invalid: "break-paths-show-domains" } } : {}) },
  };
}

/** Whole people and rows are counted in whole numbers. */
function axisOf(channel: string, axis: unknown): Part {
  if ((channel !== "x" && channel !== "y") || axis === null) return {};
  return { axis: { format: ",d", tickMinStep: 1, ...(typeof axis === "object" ? axis : {}) } };
}

/** A filter of dates, which are moments where the chart has a line of time. */
function dated(test: Part, isDate: boolean): Part {
  if (!isDate) return test;
  const moment = (value: unknown): unknown => (typeof value === "string" ? (momentOf(value) ?? value) : Array.isArray(value) ? value.map(moment) : value);
  return Object.fromEntries(Object.entries(test).map(([name, value]) => [name, name === "field" ? value : moment(value)]));
}

function hasFacets({ encoding }: Part): boolean {
  return typeof encoding === "object" && encoding !== null && ("row" in encoding || "column" in encoding);
}

function config(width: number, crowded: boolean, ramp: readonly string[]): Part {
  const narrow = width < 520;
  const words = { labelColor: "var(--text)", titleColor: "var(--text)", labelFontSize: 14, titleFontSize: 14 };
  return {
    aria: false,
    background: null,
    font: "Arial, sans-serif",
    customFormatTypes: false,
    view: { stroke: null },
    axis: { ...words, labelLimit: narrow ? 120 : 240, titleLimit: 260, gridColor: "var(--line)", domainColor: "var(--quiet)", tickColor: "var(--quiet)", labelOverlap: "greedy" },
    axisXDiscrete: crowded ? { labelAngle: -90, labelLimit: 120 } : { labelAngle: 0 },
    legend: {
      ...words,
      labelLimit: narrow ? width - 60 : 180,
      titleLimit: narrow ? width - 20 : 220,
      symbolStrokeWidth: 2,
      // Below the chart it has the whole width, from the names at the side on.
      ...(narrow ? { orient: "bottom", columns: 1, layout: { bottom: { anchor: "start", bounds: "full" } } } : {}),
    },
    header: words,
    title: { color: "var(--text)", fontSize: 16, anchor: "start" },
    mark: { color: "var(--chart-1)" },
    line: { strokeWidth: 2.5 },
    point: { size: 60, strokeWidth: 2 },
    rule: { color: "var(--text)" },
    text: { color: "var(--text)", fontSize: 14 },
    boxplot: { median: { color: "var(--paper)" } },
    range: { category: categories, ordinal: { scheme: ramp }, ramp, heatmap: ramp, diverging: ramp },
  };
}
