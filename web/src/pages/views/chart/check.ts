import grammar from "../../../../../views/chart.json";

/*
 * Whether a Vega-Lite specification may be drawn: by the same grammar, and in the same words,
 * as the server judges what is kept (views/chart.go). It is judged here again because what is
 * drawn is not always what was kept today; views/testdata/charts.json holds the two together.
 */

interface Rule {
  readonly object?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
  readonly any?: readonly string[];
  readonly list?: string;
  readonly most?: number;
  readonly one?: readonly string[];
  readonly like?: string;
  readonly text?: number;
  readonly least?: number;
  readonly column?: boolean;
  readonly yes?: boolean;
  readonly none?: boolean;
}

const rules: Readonly<Record<string, Rule>> = grammar;

/** What stands in a specification, once it has been judged. */
export type Part = Readonly<Record<string, unknown>>;

export type Judged = { readonly spec: Part; readonly columns: readonly string[]; readonly says: "" } | { readonly spec: null; readonly columns: readonly string[]; readonly says: string };

/** Judges a chart as it is written; `says` is the sentence that keeps it from being drawn. */
export function judged(text: string, columns: readonly string[], secondary: boolean): Judged {
  const no = (says: string): Judged => ({ spec: null, columns: [], says });
  let spec: unknown;
  try {
    spec = JSON.parse(text);
  } catch {
    return no("The chart is not JSON.");
  }
  const used: string[] = [];
  const fault = judge(secondary ? "counts" : "view", spec, "", { columns, used });
  if (fault !== "") return no(`The chart: ${fault}.`);
  const has = (name: string) => isPart(spec) && spec[name] !== undefined;
  const layered = has("layer");
  if (!isPart(spec) || layered === (has("mark") || has("encoding")) || (!layered && !(has("mark") && has("encoding")))) return no("The chart: it has a mark and an encoding, or layers.");
  if (secondary && (used.length === 0 || used.length > 2)) return no("The chart: for this purpose it counts people by one column or two.");
  return { spec, columns: used, says: "" };
}

export function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Given {
  readonly columns: readonly string[];
  readonly used: string[];
}

function judge(name: string, value: unknown, path: string, given: Given): string {
  const rule = ruleFor(name, value);
  const here = path === "" ? "it" : `\`${path}\``;
  if (isPart(value) && rule.object) return judgeObject(rule, value, path, here, given);
  if (Array.isArray(value) && rule.list !== undefined) return judgeList(rule, value, path, here, given);
  if (typeof value === "string" && takesWords(rule)) return judgeWord(rule, value, here, given);
  if (typeof value === "number" && rule.least !== undefined && rule.most !== undefined) return value >= rule.least && value <= rule.most ? "" : `${here} is a number from ${rule.least} to ${rule.most}`;
  if ((typeof value === "boolean" && rule.yes) || (value === null && rule.none)) return "";
  return `${here} cannot be that: a kept chart has no such thing there`;
}

function judgeObject(rule: Rule, value: Part, path: string, here: string, given: Given): string {
  const may = rule.object ?? {};
  const names = Object.keys(value).sort();
  const other = names.find((n) => !Object.hasOwn(may, n));
  if (other !== undefined) {
    return `\`${short(below(path, other))}\` cannot be kept: a chart loads nothing, runs nothing and has the page's colours. What may stand there: ${Object.keys(may).sort().join(", ")}`;
  }
  const need = rule.needs?.find((n) => !Object.hasOwn(value, n));
  if (need !== undefined) return `${here} needs ${need}`;
  for (const n of names) {
    const fault = judge(may[n] ?? "", value[n], below(path, n), given);
    if (fault !== "") return fault;
  }
  return "";
}

function judgeList(rule: Rule, value: readonly unknown[], path: string, here: string, given: Given): string {
  if (value.length > (rule.most ?? 0) || value.length === 0) return `${here} has 1 to ${rule.most ?? 0} items`;
  for (const [i, item] of value.entries()) {
    const fault = judge(rule.list ?? "", item, `${path}[${i}]`, given);
    if (fault !== "") return fault;
  }
  return "";
}

function judgeWord(rule: Rule, value: string, here: string, { columns, used }: Given): string {
  if (rule.column) {
    if (!columns.includes(value)) return `${here} is no column of the view: \`${short(value)}\``;
    if (!used.includes(value)) used.push(value);
  }
  if (rule.one && !rule.one.includes(value)) return `${here} is one of ${rule.one.join(", ")}`;
  if (rule.like !== undefined && !new RegExp(rule.like).test(value)) return `${here} is not written as it may be`;
  if (rule.text !== undefined && Array.from(value).length > rule.text) return `${here} has at most ${rule.text} characters`;
  return "";
}

function takesWords(rule: Rule): boolean {
  return rule.column === true || rule.one !== undefined || rule.like !== undefined || rule.text !== undefined;
}

/** The rule of a name; of several the first of the value's kind that has what it needs, else the last of that kind. */
function ruleFor(name: string, value: unknown): Rule {
  const rule = rules[name] ?? {};
  if (!rule.any) return rule;
  let last = rules[rule.any[0] ?? ""] ?? {};
  for (const other of rule.any) {
    const one = rules[other] ?? {};
    if (!isOf(one, value)) continue;
    if (!isPart(value) || !one.needs?.some((need) => (value[need] ?? null) === null)) return one;
    last = one;
  }
  return last;
}

function isOf(rule: Rule, value: unknown): boolean {
  if (Array.isArray(value)) return rule.list !== undefined;
  if (isPart(value)) return rule.object !== undefined;
  if (typeof value === "string") return takesWords(rule);
  if (typeof value === "number") return rule.least !== undefined;
  return typeof value === "boolean" ? rule.yes === true : rule.none === true;
}

function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function short(text: string): string {
  const all = Array.from(text);
  return all.length > 60 ? `${all.slice(0, 60).join("")}…` : text;
}
