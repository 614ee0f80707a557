import { useCallback, useState } from "react";
import type { TimelineMark } from "../../../api/generated/graphql";
import type { Window } from "./windows";

/** What a reader wants to see of the timeline. Nothing chosen is everything. */
export interface Filters {
  readonly window: Window | null;
  readonly sections: readonly string[];
  /** By ODS code, or by name where there is none. */
  readonly organisations: readonly string[];
  readonly sources: readonly string[];
  readonly text: string;
  /** A day; "" for any time. */
  readonly recordedSince: string;
  readonly without: readonly TimelineMark[];
  /** Those without a date instead of those that have one. */
  readonly undated: boolean;
}

export const everything: Filters = { window: null, sections: [], organisations: [], sources: [], text: "", recordedSince: "", without: [], undated: false };

/** As the server is asked. */
export function asked(f: Filters) {
  return {
    sections: f.sections.length > 0 ? [...f.sections] : null,
    organisations: f.organisations.length > 0 ? [...f.organisations] : null,
    sources: f.sources.length > 0 ? [...f.sources] : null,
    text: f.text || null,
    from: f.window?.from ?? null,
    to: f.window?.to ?? null,
    recordedSince: f.recordedSince || null,
    without: f.without.length > 0 ? [...f.without] : null,
    undated: f.undated,
  };
}

/** How many kinds of filter are on, beside the stretch of time. */
export function howMany(f: Filters): number {
  return [f.sections.length > 0, f.organisations.length > 0, f.sources.length > 0, f.text !== "", f.recordedSince !== "", f.without.length > 0, f.undated].filter(Boolean).length;
}

/** The value in or out of the list. */
export function toggled<T>(list: readonly T[], value: T): readonly T[] {
  return list.includes(value) ? list.filter((v) => v !== value) : [...list, value];
}

/**
 * The filters of one person's timeline stand with the entry in the browser's history, so
 * that back brings them back. Never in the address, which is logged and shared; and never
 * another person's (hazard H-01).
 */
export function useFilters(patient: string): readonly [Filters, (change: Partial<Filters>) => void] {
  const [filters, set] = useState(() => kept(patient, window.history.state));
  const change = useCallback(
    (part: Partial<Filters>) => {
      set((was) => {
        const now = { ...was, ...part };
        const state: unknown = window.history.state;
        window.history.replaceState({ ...(isRecord(state) ? state : {}), timeline: { of: patient, ...now } }, "");
        return now;
      });
    },
    [patient],
  );
  return [filters, change];
}

/** Reads what an entry in the history holds; what is not as it should be is nothing chosen. */
export function kept(patient: string, state: unknown): Filters {
  const held = isRecord(state) ? state.timeline : null;
  if (!isRecord(held) || held.of !== patient) return everything;
  const window = isRecord(held.window) && isDay(held.window.from) && isDay(held.window.to) ? { from: held.window.from, to: held.window.to } : null;
  return {
    window,
    sections: texts(held.sections),
    organisations: texts(held.organisations),
    sources: texts(held.sources),
    text: typeof held.text === "string" ? held.text : "",
    recordedSince: isDay(held.recordedSince) ? held.recordedSince : "",
    without: texts(held.without).filter((m): m is TimelineMark => m === "CANCELLED" || m === "PLANNED"),
    undated: held.undated === true,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === "string") : [];
}
