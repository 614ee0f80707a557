import { isPart, type Part } from "./check";
import { people } from "./data";
import { suppressed } from "../run/counting";
import { channelsOf } from "./uses";

/** The numbers of a drawing, as text: what is seen, for those who do not see it. */
export interface Numbers {
  readonly titles: readonly string[];
  /** Which columns have numbers. */
  readonly numeric: readonly boolean[];
  readonly rows: readonly (readonly string[])[];
  /** How many there are; rows has the first of them. */
  readonly all: number;
}

export const mostNumbers = 300;

type Tuple = Readonly<Record<string, unknown>>;

interface Column {
  readonly title: string;
  readonly key: string;
  readonly end: string;
  readonly form: (value: unknown) => string;
}

/** The table of what was drawn: of the data as Vega has it after binning and adding up, the parts that the encoding names. */
export function numbersOf(spec: Part, tuples: readonly Tuple[]): Numbers {
  const first = tuples[0] ?? {};
  const columns: Column[] = [];
  for (const channel of channelsOf(spec)) {
    for (const column of columnsOf(channel, Object.keys(first))) if (!columns.some((c) => c.key === column.key)) columns.push(column);
  }
  const cell = (tuple: Tuple, { key, end, form }: Column) => {
    const from = form(tuple[key]);
    return end === "" || tuple[key] === null ? from : `${from} to ${form(tuple[end])}`;
  };
  const collator = new Intl.Collator("en-GB", { numeric: true, ignorePunctuation: true });
  const rows = tuples.map((tuple) => columns.map((column) => cell(tuple, column)));
  const order = tuples
    .map((tuple, i) => ({ by: columns[0] === undefined ? undefined : tuple[columns[0].key], row: rows[i] ?? [] }))
    .sort((a, b) => (typeof a.by === "number" && typeof b.by === "number" ? a.by - b.by : collator.compare(a.row[0] ?? "", b.row[0] ?? "")));
  return {
    titles: columns.map((c) => c.title),
    numeric: columns.map((c) => c.form === plain || c.form === peopleOr),
    rows: order.slice(0, mostNumbers).map((o) => o.row),
    all: tuples.length,
  };
}

function columnsOf(channel: Part, keys: readonly string[]): readonly Column[] {
  const { field, aggregate, bin, timeUnit, type } = channel;
  const title = typeof channel.title === "string" && channel.title !== "" ? channel.title : undefined;
  if (aggregate === "count") return [{ title: title ?? "Rows", key: "__count", end: "", form: plain }];
  if (typeof field !== "string") return [];
  if (typeof aggregate === "string") {
    const key = `${aggregate}_${field}`;
    return [{ title: title ?? `${aggregate} of ${field}`, key, end: "", form: plain }];
  }
  if (bin !== undefined && bin !== false) {
    const key = keys.find((k) => k.startsWith("bin_") && k.endsWith(`_${field}`));
    return key === undefined ? [] : [{ title: title ?? field, key, end: `${key}_end`, form: plain }];
  }
  if (typeof timeUnit === "string") return [{ title: title ?? field, key: `${timeUnit}_${field}`, end: "", form: (v) => timeWords(v, timeUnit) }];
  if (!keys.includes(field)) {
    // A box has its parts, each in a column of its own.
    return keys.filter((k) => k.endsWith(`_${field}`)).map((key) => ({ title: key.slice(0, -field.length - 1).replaceAll("_", " "), key, end: "", form: plain }));
  }
  if (field === people) return [{ title: title ?? "People", key: field, end: "", form: peopleOr }];
  return [{ title: title ?? field, key: field, end: "", form: type === "temporal" ? (v) => timeWords(v, "yearmonthdate") : type === "quantitative" ? plain : worded }];
}

function plain(value: unknown): string {
  if (typeof value !== "number") return isPart(value) || value === null || value === undefined ? "" : worded(value);
  return Number.isFinite(value) ? new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(value) : "";
}

/** A number of people; null is one that is held back. */
function peopleOr(value: unknown): string {
  return typeof value === "number" ? plain(value) : suppressed;
}

function worded(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : typeof value === "boolean" ? (value ? "Yes" : "No") : "";
}

const parts: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  year: { year: "numeric" },
  month: { month: "short" },
  yearmonth: { month: "short", year: "numeric" },
  yearmonthdate: { day: "2-digit", month: "short", year: "numeric" },
  date: { day: "numeric" },
  day: { weekday: "short" },
  hours: { hour: "2-digit" },
};

function timeWords(value: unknown, unit: string): string {
  const at = value instanceof Date ? value : typeof value === "number" ? new Date(value) : null;
  if (at === null || Number.isNaN(at.getTime())) return "";
  if (unit.endsWith("quarter")) return `Q${Math.floor(at.getMonth() / 3) + 1}${unit === "quarter" ? "" : ` ${at.getFullYear()}`}`;
  return new Intl.DateTimeFormat("en-GB", parts[unit] ?? parts.yearmonthdate).format(at);
}
