import { type CellField, type Column, type SectionName, sectionNames, type Wanted } from "../../../api";
import type { ListColumnInput } from "../../../api/generated/graphql";
import { sectionTitle } from "../../../sections";

/* What a list shows of each person, and which fields of the graph that is. */

/** How many columns a list may have. */
export const mostColumns = 20;
/** How many different codes of one section can be asked at a time; the document has so many places. */
export const places = 6;

const coded = ["observations", "results"] as const;
type Coded = (typeof coded)[number];

/** A column that is ready to be chosen. */
export interface ReadyMade {
  readonly words: string;
  readonly column: Column;
}

const news2 = "http://snomed.info/sct|1104051000000101";

export const readyMade: readonly ReadyMade[] = [
  { words: "Alerts", column: plain("alerts", "COUNT") },
  { words: "Allergies", column: { ...plain("allergies", "COUNT"), title: "Allergies" } },
  { words: "Latest NEWS2", column: { section: "observations", show: "LATEST", code: news2, title: "Latest NEWS2" } },
  { words: "Next appointment", column: plain("appointments", "NEXT") },
  { words: "Last contact", column: plain("contacts", "LATEST") },
  { words: "Problems", column: { ...plain("problems", "COUNT"), title: "Problems" } },
];

function plain(section: SectionName, show: Column["show"]): Column {
  return { section, show, code: null, title: null };
}

/** Sections that can be looked at by code. */
export function byCode(section: string): section is Coded {
  return coded.some((name) => name === section);
}

/** Whether two columns show the same. */
export function same(a: Column, b: Column): boolean {
  return a.section === b.section && a.show === b.show && (a.code ?? "") === (b.code ?? "");
}

/** What stands above a column. */
export function columnTitle(column: Column): string {
  if (column.title) return column.title;
  if (column.section === "contacts" && column.show === "LATEST" && !column.code) return "Last contact";
  if (column.section === "appointments" && column.show === "NEXT") return "Next appointment";
  const name = sectionTitle(column.section);
  const about = column.code ? `${name} (${column.code.replace(/^.*\|/, "")})` : name;
  return column.show === "COUNT" ? about : `${column.show === "LATEST" ? "Latest" : "Next"}: ${about}`;
}

/** As the server takes them. */
export function asInput(columns: readonly Column[]): ListColumnInput[] {
  return columns.map(({ section, show, code, title }) => ({ section, show, ...(code ? { code } : {}), ...(title ? { title } : {}) }));
}

/** The field of each person in which a column's cell is; null if there is none for it. */
export function fieldOf(column: Column, columns: readonly Column[]): CellField | null {
  if (!sectionNames.some((name) => name === column.section)) return null;
  const section = column.section as SectionName;
  if (column.show === "NEXT") return section === "appointments" ? "next" : null;
  if (!column.code) return section;
  if (!byCode(section)) return null;
  const place = codesOf(section, columns).indexOf(column.code) + 1;
  return place >= 1 && place <= places ? (`${section}${place}` as CellField) : null;
}

/** The different codes of a section, in the order of the columns. */
export function codesOf(section: Coded, columns: readonly Column[]): string[] {
  return [...new Set(columns.filter((c) => c.section === section && c.show !== "NEXT").map((c) => c.code ?? ""))].filter(Boolean);
}

/** The switches and codes with which the people are asked for; `only` leaves out whatever has been answered. */
export function wanted(columns: readonly Column[], only?: ReadonlySet<CellField>): Wanted {
  const fields = new Set(columns.map((column) => fieldOf(column, columns)));
  const on = (field: CellField): boolean => fields.has(field) && (only === undefined || only.has(field));
  const numbered = coded.flatMap((section) => Array.from({ length: places }, (_, i) => [section, i + 1] as const));
  return {
    ...(Object.fromEntries(sectionNames.map((name) => [name, on(name)])) as Record<SectionName, boolean>),
    next: on("next"),
    ...(Object.fromEntries(
      numbered.flatMap(([section, place]): [string, boolean | string | null][] => [
        [`${section}${place}`, on(`${section}${place}` as CellField)],
        [`${section}${place}Code`, codesOf(section, columns)[place - 1] ?? null],
      ]),
    ) as unknown as Pick<Wanted, Exclude<keyof Wanted, SectionName | "next">>),
  };
}
