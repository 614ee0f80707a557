import type { Coded } from "../../../components/EntryRow";
import { labels } from "../../../components/values";
import type { Tone } from "../../../ui/Tag";
import { numberOf, signOf } from "./numbers";
import type { Measured } from "./readings";

/** What stands beside a value to be noticed. */
export interface Flag {
  readonly text: string;
  readonly tone: Tone;
  /** Who says so: the source, or this page, which has only compared. */
  readonly by: "source" | "computed";
  readonly arrow: "up" | "down" | null;
}

/** http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation and v2 table 0078, in words. */
const meanings: Readonly<Record<string, { readonly text: string; readonly tone: Tone; readonly arrow: "up" | "down" | null }>> = {
  HH: { text: "Critically high", tone: "danger", arrow: "up" },
  LL: { text: "Critically low", tone: "danger", arrow: "down" },
  HU: { text: "Significantly high", tone: "danger", arrow: "up" },
  LU: { text: "Significantly low", tone: "danger", arrow: "down" },
  AA: { text: "Critically abnormal", tone: "danger", arrow: null },
  H: { text: "High", tone: "warning", arrow: "up" },
  L: { text: "Low", tone: "warning", arrow: "down" },
  HX: { text: "Above the high threshold", tone: "warning", arrow: "up" },
  LX: { text: "Below the low threshold", tone: "warning", arrow: "down" },
  ">": { text: "Above the measurable range", tone: "warning", arrow: "up" },
  "<": { text: "Below the measurable range", tone: "warning", arrow: "down" },
  A: { text: "Abnormal", tone: "warning", arrow: null },
  POS: { text: "Positive", tone: "warning", arrow: null },
  DET: { text: "Detected", tone: "warning", arrow: null },
  R: { text: "Resistant", tone: "warning", arrow: null },
  I: { text: "Intermediate", tone: "warning", arrow: null },
  S: { text: "Susceptible", tone: "neutral", arrow: null },
  N: { text: "Normal", tone: "quiet", arrow: null },
  NEG: { text: "Negative", tone: "quiet", arrow: null },
  ND: { text: "Not detected", tone: "quiet", arrow: null },
};

const systems = ["http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "http://hl7.org/fhir/v3/ObservationInterpretation", "http://terminology.hl7.org/CodeSystem/v2-0078"];

/** The source's flags; without one, what comparing the value with the laboratory's own range shows. */
export function flagsOf(measured: Measured): Flag[] {
  const said = (measured.interpretation ?? []).map(flagOf).filter((f) => f !== null);
  if (said.length > 0) return said;
  const computed = compared(measured);
  return computed === null ? [] : [computed];
}

function flagOf(concept: Coded): Flag | null {
  const words = labels([concept]);
  for (const { system, code } of concept.codings ?? []) {
    const key = (code ?? "").trim().toUpperCase();
    if ((system && !systems.includes(system)) || !Object.hasOwn(meanings, key)) continue;
    const known = meanings[key];
    if (known === undefined) continue;
    // The source's own words come along where they say more than the code.
    const own = words !== "" && words.toUpperCase() !== key && words.toLowerCase() !== known.text.toLowerCase() ? ` (${words})` : "";
    return { ...known, text: `${known.text}${own}`, by: "source" };
  }
  // A letter without a code is read as one; any other words are shown as they are.
  const bare = words.trim().toUpperCase();
  const known = Object.hasOwn(meanings, bare) ? meanings[bare] : undefined;
  if (known !== undefined) return { ...known, by: "source" };
  return words === "" ? null : { text: words, tone: /critical/i.test(words) ? "danger" : "warning", by: "source", arrow: null };
}

/**
 * Above or below the one range that came with the value, in the very same unit. With several ranges
 * it is not for this page to choose; with a comparator only what it makes certain is said.
 */
function compared(measured: Measured): Flag | null {
  const amount = measured.value?.quantity;
  const range = measured.ranges?.[0];
  const value = numberOf(amount?.value);
  if (!amount || value === null || range === undefined || measured.ranges?.length !== 1) return null;
  const limit = (of: typeof range.low): number | null => {
    if (!of || of.comparator || (of.code ?? "") !== (amount.code ?? "") || (of.unit ?? "") !== (amount.unit ?? "")) return null;
    return numberOf(of.value);
  };
  const low = limit(range.low);
  const high = limit(range.high);
  const sign = signOf(amount);
  if (high !== null && ((sign === "exact" && value > high) || (sign === "above" && (value > high || (value === high && amount.comparator === ">"))))) {
    return { text: "Above the laboratory’s range", tone: "warning", by: "computed", arrow: "up" };
  }
  if (low !== null && ((sign === "exact" && value < low) || (sign === "below" && (value < low || (value === low && amount.comparator === "<"))))) {
    return { text: "Below the laboratory’s range", tone: "warning", by: "computed", arrow: "down" };
  }
  return null;
}
