import type { fhirclient } from "fhirclient/lib/types";
import type Client from "fhirclient/lib/Client";

declare global {
  /** What fhirclient.js puts into the window. */
  const FHIR: { oauth2: { ready(): Promise<Client>; authorize(p: fhirclient.AuthorizeParams): Promise<string | void> } };
}

/** What the app's server says at config.json. */
export interface Config {
  clientId: string;
  fhirBase: string;
  /** Names of the systems in meta.source, by id. */
  sources: Record<string, string>;
}

/** One measured value. */
export interface Point {
  /** Milliseconds; days without a time are at their midnight. */
  time: number;
  /** As FHIR wrote it: a day, or an instant. */
  when: string;
  value: number;
  /** "<", ">=" and the like; "" for an exact value. */
  comparator: string;
  unit: string;
  source: string;
  range: string;
  notes: string;
}

/** Points of one code in one unit, oldest first. */
export interface Series {
  key: string;
  name: string;
  unit: string;
  points: Point[];
}

export interface Reading {
  /** Those with most points first. */
  series: Series[];
  /** Whose points they are, by name. */
  sources: string[];
  /** What sources did not say, in the server's words. */
  missing: string[];
  /** Resources about somebody else, which were dropped. */
  foreign: number;
  /** Observations without a number, which no chart can show. */
  wordy: number;
}
