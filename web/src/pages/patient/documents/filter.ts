import type { DocumentsRowFragment } from "../../../api/generated/graphql";
import type { Statement } from "../../../components/EntryRow";
import { coded } from "../../../ui/words";

export type Entry = DocumentsRowFragment & Statement;

export type Period = "all" | "72h" | "14d" | "3m";

export interface Filter {
  readonly text: string;
  readonly category: string;
  readonly from: string;
  readonly period: Period;
}

export const unfiltered: Filter = { text: "", category: "", from: "", period: "all" };

export function titleOf(entry: Entry): string {
  return entry.title ?? entry.code?.label ?? "Untitled document";
}

export function categoryOf(entry: Entry): string {
  return entry.category?.label ?? entry.code?.label ?? "No category";
}

/** Who wrote it and for whom, as far as it is said. */
export function fromOf(entry: Entry): readonly string[] {
  return [entry.author?.name, entry.custodian?.name ?? entry.provenance?.organisation?.name].filter((s): s is string => !!s);
}

/** The first day of a period, as an ISO date by the reader's clock; "" for all time. */
export function begins(period: Period, now: Date): string {
  const day = new Date(now);
  switch (period) {
    case "all":
      return "";
    case "72h":
      day.setDate(day.getDate() - 3);
      break;
    case "14d":
      day.setDate(day.getDate() - 14);
      break;
    case "3m":
      day.setMonth(day.getMonth() - 3);
  }
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
}

export interface Filtered {
  readonly shown: readonly Entry[];
  /** How many fit but for a date that nobody stated: a period cannot find them, and must not hide them in silence. */
  readonly undated: number;
}

/** The documents that fit, in the server's order: every typed word somewhere in what is shown. */
export function filtered(entries: readonly Entry[], filter: Filter, now: Date): Filtered {
  const words = filter.text.toLocaleLowerCase("en-GB").split(/\s+/).filter(Boolean);
  const first = begins(filter.period, now);
  const fitting = entries.filter(
    (e) => (filter.category === "" || categoryOf(e) === filter.category) && (filter.from === "" || fromOf(e).includes(filter.from)) && holds(e, words),
  );
  const dated = first === "" ? fitting : fitting.filter((e) => reaches(e.date ?? e.recorded ?? "", first));
  return { shown: dated, undated: first === "" ? 0 : fitting.filter((e) => !(e.date ?? e.recorded)).length };
}

/** A date as exact as known (2026, 2026-03) is within a period if any of it may be. */
function reaches(date: string, first: string): boolean {
  if (date === "") return false;
  const exact = Math.min(date.length, 10);
  return date.slice(0, exact) >= first.slice(0, exact);
}

function holds(entry: Entry, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const said = [titleOf(entry), categoryOf(entry), entry.code?.label, entry.service?.label, entry.note, entry.provenance?.source?.name, ...fromOf(entry)]
    .filter(Boolean)
    .join(" ")
    .toLocaleLowerCase("en-GB");
  return words.every((w) => said.includes(w));
}

/** What can be chosen from, as often as it is there. */
export function choices(all: readonly string[]): { readonly code: string; readonly words: string }[] {
  const counted = new Map<string, number>();
  for (const one of all) counted.set(one, (counted.get(one) ?? 0) + 1);
  return [...counted].sort(([a], [b]) => a.localeCompare(b, "en-GB")).map(([name, n]) => ({ code: name, words: `${named(name)} (${n})` }));
}

/** Names keep their capitals; codes do not shout. */
function named(name: string): string {
  return /^[A-Z_]+$/.test(name) && name.length > 4 ? coded(name) : name;
}

const formats: Readonly<Record<string, string | undefined>> = {
  "application/pdf": "PDF",
  "text/html": "Letter (HTML)",
  "application/xhtml+xml": "Letter (HTML)",
  "text/plain": "Text",
  "text/xml": "Clinical document (CDA)",
  "application/xml": "Clinical document (CDA)",
  "image/png": "Picture (PNG)",
  "image/jpeg": "Picture (JPEG)",
  "image/gif": "Picture (GIF)",
  "image/webp": "Picture (WebP)",
  "image/tiff": "Picture (TIFF)",
  "application/rtf": "Text (RTF)",
  "text/rtf": "Text (RTF)",
};

export function formatOf(contentType: string | null | undefined): string {
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return type === "" ? "Format not stated" : (formats[type] ?? type);
}

/** Bytes as people read them. */
export function sizeOf(bytes: number | null | undefined): string {
  if (typeof bytes !== "number" || bytes <= 0) return "";
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A title as a file name. */
export function fileName(title: string, type: string): string {
  const endings: Readonly<Record<string, string | undefined>> = {
    "application/pdf": "pdf", "text/html": "html", "text/plain": "txt", "image/png": "png", "image/jpeg": "jpg",
    "image/gif": "gif", "image/webp": "webp", "image/tiff": "tiff", "application/rtf": "rtf",
  };
  const name = title.replace(/[^\p{L}\p{N} _-]+/gu, "-").replace(/\s+/g, " ").replace(/^[- ]+|[- ]+$/g, "").slice(0, 80);
  return `${name || "document"}.${endings[type] ?? "bin"}`;
}
