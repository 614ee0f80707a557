import type { UsageQuery } from "../../api/generated/graphql";
import { coded } from "../../ui/words";

/* How much the record is used, in words and as a file. */

export type Row = NonNullable<UsageQuery["usage"]>[number];
export type Wait = NonNullable<UsageQuery["firstPaints"]>[number];

const doors: Readonly<Record<Row["door"], string>> = {
  SIGN_IN: "Own sign-in",
  LAUNCH: "Opened from an EPR",
  APP: "Another app",
  API: "A service or token",
};

export function doorWords(door: Row["door"]): string {
  return doors[door];
}

export function organisationWords({ organisation, organisationName }: Pick<Row, "organisation" | "organisationName">): string {
  return [organisationName, organisation].filter(Boolean).join(", ") || "Not known";
}

export function roleWords(role: string): string {
  return coded(role);
}

/** Milliseconds as seconds, as exact as they are known. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toLocaleString("en-GB", { maximumFractionDigits: 2 })} s`;
}

/** The rows as CSV (RFC 4180). What a spreadsheet would take for a formula is a text. */
export function csv(rows: readonly Row[]): string {
  const line = (cells: readonly (string | number)[]) => cells.map(cell).join(",");
  return [line(["day", "organisation", "organisation_name", "role", "door", "users", "opened", "searches"]), ...rows.map((r) => line([r.day, r.organisation ?? "", r.organisationName ?? "", r.role, r.door, r.users, r.opened, r.searches])), ""].join("\r\n");
}

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
