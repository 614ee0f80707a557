import { expressionInterpreter } from "vega-interpreter";
import { parse, type Loader, type Spec, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { isPart, type Part } from "./check";
import { type Datum, people } from "./data";
import { type Numbers, numbersOf } from "./numbers";

/** A drawing: a picture as SVG, and the numbers in it. */
export interface Drawn {
  readonly svg: string;
  readonly numbers: Numbers;
}

/** The largest picture, in characters: more marks than that cannot be told apart anyway. */
const mostPicture = 4_000_000;

const refuse = () => Promise.reject(new Error("a chart loads nothing"));
/** Nothing is loaded, from anywhere. */
const nothing = { load: refuse, sanitize: refuse, http: refuse, file: refuse, options: {} } as unknown as Loader;

/** Draws a judged and prepared specification over rows. It runs no code that the specification brings: expressions are read as trees, which the content security policy asks for too. */
export async function drawn(spec: Part, rows: readonly Datum[]): Promise<Drawn> {
  const quiet = { level: () => quiet, error: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet };
  const made = compile(spec as unknown as TopLevelSpec, { logger: quiet }).spec;
  for (const data of made.data ?? []) if (data.name === "rows") Object.assign(data, { values: rows.map((r) => ({ ...r })) });
  const view = new View(parse(made, {}, { ast: true }), { renderer: "none", expr: expressionInterpreter, loader: nothing, logger: quiet as never } as never);
  try {
    await view.runAsync();
    const svg = await view.toSVG();
    if (svg.length > mostPicture) throw new Error("there is too much in it to be told apart");
    // Counts stand in the table as they came: what is held back is not drawn, and is told.
    const name = rows.some((r) => people in r) ? "rows" : drawnFrom(made.marks);
    return { svg, numbers: numbersOf(spec, name === "" ? [] : (view.data(name) as Record<string, unknown>[])) };
  } finally {
    view.finalize();
  }
}

/** The data that the first marks are of. */
function drawnFrom(marks: Spec["marks"]): string {
  for (const mark of marks ?? []) {
    const from = "from" in mark ? mark.from : undefined;
    if (from && "data" in from && typeof from.data === "string" && !from.data.includes("_domain")) return from.data;
    const facet: unknown = from && "facet" in from ? from.facet : undefined;
    if (isPart(facet) && typeof facet.data === "string") return facet.data;
    const inner = "marks" in mark ? drawnFrom(mark.marks) : "";
    if (inner !== "") return inner;
  }
  return "";
}
