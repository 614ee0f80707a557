import type { SystemStatusQuery } from "../../api/generated/graphql";
import { sectionTitle } from "../../sections";
import type { IconName } from "../../ui/Icon";
import { coded, count, list } from "../../ui/words";

/* How a system is doing, in words for whoever works with the record. */

export type System = SystemStatusQuery["systemStatus"][number];

interface Words {
  readonly icon: IconName;
  readonly words: string;
  /** What it means for a record that is open. */
  readonly means: string;
}

const missing = "Records say that its part is not available. Do not read that as “none”.";

const states: Readonly<Record<System["state"], Words>> = {
  ANSWERS: { icon: "tick", words: "Answers", means: "" },
  SLOW: { icon: "clock", words: "Answers slowly", means: "Its part of a record comes later than the others'. Wait for it, or ask again." },
  PARTLY: { icon: "half", words: "Answers some requests", means: "Parts of records may be missing; each says so. Ask again." },
  DOWN: { icon: "warning", words: "Does not answer", means: `${missing} It is tried every second.` },
  OFF: { icon: "lock", words: "Switched off", means: missing },
  CLOSED: { icon: "lock", words: "Not asked at this time", means: missing },
  UNKNOWN: { icon: "clock", words: "Not asked yet", means: "Nobody has opened a record that needs it since this server was started." },
};

export function stateWords(system: System): Words {
  return states[system.state];
}

/** Whether something of it may be missing from a record now. */
export function troubled({ state }: System): boolean {
  return state === "DOWN" || state === "OFF" || state === "CLOSED" || state === "PARTLY" || state === "SLOW";
}

/** The worst first; among equals as they are configured. */
export function inOrder(systems: readonly System[]): readonly System[] {
  const order: readonly System["state"][] = ["DOWN", "OFF", "CLOSED", "PARTLY", "SLOW", "UNKNOWN", "ANSWERS"];
  return [...systems].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

/** All of them in one sentence. */
export function summary(systems: readonly System[]): string {
  const bad = systems.filter(troubled);
  if (systems.length === 0) return "No system is part of the record yet.";
  if (bad.length === 0) return systems.some((s) => s.state === "UNKNOWN") ? "No trouble is known." : systems.length === 1 ? "The system answers." : `All ${systems.length} systems answer.`;
  return `${list(bad.map(nameOf))}: something may be missing from records.`;
}

export function nameOf(system: System): string {
  return system.name ?? system.source;
}

/** What it is for: the region's own words, or what of the record comes from it. */
export function purpose({ about, careSetting, sections }: System): string {
  if (about) return about;
  const setting = careSetting ? `${coded(careSetting)} record` : "Part of the record";
  if (sections.length === 0) return `${setting}.`;
  const first = sections.slice(0, 4).map((s) => sectionTitle(s).toLowerCase().replace(/^gp\b/, "GP"));
  const more = sections.length - first.length;
  return `${setting}: ${list(more > 0 ? [...first, count(more, "other section")] : first)}.`;
}
