import type { ViewColumn, ViewColumnInput, ViewSection } from "../../../api/views";
import type { ViewTake } from "../../../api/generated/graphql";

/* The columns of a view as they are picked: pure, so that every rule of it can be tested. */

/** The section of what a person is known by, which has one value and no entries. */
export const personSection = "patient";

/** The most columns that a view has; the server has the same. */
export const mostColumns = 60;

export interface Picked {
  /** Stays with the column wherever it is moved. */
  readonly key: number;
  readonly name: string;
  readonly section: string;
  /** "" where only how many there are was picked. */
  readonly field: string;
  /** Null for what a person is known by. */
  readonly take: ViewTake | null;
}

export interface Picker {
  readonly columns: readonly Picked[];
  readonly last: number;
}

export type Act =
  | { readonly do: "add"; readonly section: string; readonly field: string }
  | { readonly do: "name"; readonly key: number; readonly name: string }
  | { readonly do: "take"; readonly key: number; readonly take: ViewTake }
  | { readonly do: "move"; readonly key: number; readonly by: 1 | -1 }
  | { readonly do: "remove"; readonly key: number };

export const nothing: Picker = { columns: [], last: 0 };

export function pick(state: Picker, act: Act): Picker {
  switch (act.do) {
    case "add":
      return add(state, act.section, act.field);
    case "name":
      return changed(state, act.key, (c) => ({ ...c, name: act.name }));
    case "take":
      return taken(state, act.key, act.take);
    case "move":
      return moved(state, act.key, act.by);
    case "remove":
      return { ...state, columns: state.columns.filter((c) => c.key !== act.key) };
  }
}

/** Who it is stands first; the first section gives a row for each of its entries, the others their newest. */
function add({ columns, last }: Picker, section: string, field: string): Picker {
  if (columns.length >= mostColumns) return { columns, last };
  const of = columns.filter((c) => c.section !== personSection);
  const each = of.find((c) => c.take === "EACH")?.section;
  const take: ViewTake | null = section === personSection ? null : field === "" ? "COUNT" : of.every((c) => c.section === section) || each === section ? "EACH" : "LATEST";
  const column: Picked = { key: last + 1, name: freeName(nameOf(section, field), columns), section, field, take };
  const people = columns.findIndex((c) => c.section !== personSection);
  const at = section === personSection && people >= 0 ? people : columns.length;
  return { columns: [...columns.slice(0, at), column, ...columns.slice(at)], last: last + 1 };
}

/** Only one section can have a row for each entry: another that had one shows its newest. */
function taken(state: Picker, key: number, take: ViewTake): Picker {
  const section = state.columns.find((c) => c.key === key)?.section;
  return {
    ...state,
    columns: state.columns.map((c) => {
      if (c.key === key && c.take !== null) return { ...c, take };
      return take === "EACH" && c.take === "EACH" && c.section !== section ? { ...c, take: "LATEST" } : c;
    }),
  };
}

function moved(state: Picker, key: number, by: 1 | -1): Picker {
  const from = state.columns.findIndex((c) => c.key === key);
  const one = state.columns[from];
  const other = state.columns[from + by];
  if (one === undefined || other === undefined) return state;
  return { ...state, columns: state.columns.map((c) => (c === one ? other : c === other ? one : c)) };
}

function changed(state: Picker, key: number, change: (column: Picked) => Picked): Picker {
  return { ...state, columns: state.columns.map((c) => (c.key === key ? change(c) : c)) };
}

/** A name for files: `medications` and `dose.text` give `medications_dose`. */
export function nameOf(section: string, field: string): string {
  const path = field.split(".").filter((part, i, all) => !(part === "text" && i === all.length - 1));
  const words = section === personSection ? path : field === "" ? [section, "count"] : path.join(".") === "code" ? [section] : [section, ...path];
  return words
    .join("_")
    .replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`)
    .replace(/[^a-z0-9_]/g, "_")
    .replace(/_+/g, "_")
    .slice(0, 58);
}

function freeName(wanted: string, columns: readonly Picked[]): string {
  let name = wanted;
  for (let n = 2; columns.some((c) => c.name === name); n++) name = `${wanted}_${n}`;
  return name;
}

/** What is wrong with a column's name; "" if nothing is. */
export function wrongName(column: Picked, columns: readonly Picked[]): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(column.name)) return "A name has small letters, digits and _, and begins with a letter";
  return columns.some((c) => c.key !== column.key && c.name === column.name) ? `There are two columns ${column.name}` : "";
}

/** Whether a field may be picked for a purpose; how many there are tells of no field. */
export function allowed(sections: readonly ViewSection[], secondary: boolean, section: string, field: string): boolean {
  if (!secondary || field === "") return true;
  return sections.find((s) => s.section === section)?.fields.find((f) => f.path === field)?.secondary === true;
}

export function inputOf(columns: readonly Picked[]): ViewColumnInput[] {
  return columns.map((c) => ({ name: c.name, section: c.section, ...(c.take === "COUNT" ? {} : { field: c.field }), ...(c.take === null ? {} : { take: c.take }) }));
}

export function pickerOf(columns: readonly ViewColumn[]): Picker {
  return { columns: columns.map((c, i) => ({ key: i + 1, name: c.name, section: c.section, field: c.field ?? "", take: c.section === personSection ? null : (c.take ?? "LATEST") })), last: columns.length };
}

/** A field that was found, with the section it is of. */
export interface Found {
  readonly section: ViewSection;
  readonly field: ViewSection["fields"][number];
}

/** The fields in whose path, meaning or section every word stands; who it is comes first. */
export function search(sections: readonly ViewSection[], text: string): readonly Found[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return sections.flatMap((section) =>
    section.fields
      .filter((field) => {
        const said = `${section.title} ${section.section} ${field.path} ${field.path.replace(/[A-Z]/g, (c) => ` ${c}`)} ${field.description ?? ""}`.toLowerCase();
        return words.every((word) => said.includes(word));
      })
      .map((field) => ({ section, field })),
  );
}
