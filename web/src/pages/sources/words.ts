import type { RegionQuery } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import type { Fact } from "../../ui/Facts";
import type { IconName } from "../../ui/Icon";
import { coded } from "../../ui/words";

/* A system of the region in words. */

export type Source = RegionQuery["sources"][number];

interface State {
  readonly icon: IconName;
  readonly words: string;
}

const states: Readonly<Record<Source["health"]["state"], State>> = {
  UP: { icon: "tick", words: "Answers" },
  DEGRADED: { icon: "half", words: "Answers in part" },
  DOWN: { icon: "warning", words: "Does not answer" },
  UNKNOWN: { icon: "clock", words: "Not asked yet" },
};

/** How it has been answering. What is switched off is not asked, which is no fault of its own. */
export function stateOf({ health }: Source): State {
  return health.off ? { icon: "lock", words: "Switched off" } : states[health.state];
}

/** What is known of a system, for everybody. */
export function factsOf({ organisation, careSetting, kind, health, sections }: Source): Fact[] {
  return [
    { label: "Organisation", value: [organisation?.name, organisation?.ods].filter(Boolean).join(", ") },
    { label: "Care setting", value: careSetting ? coded(careSetting) : "" },
    { label: "Read through", value: kind },
    { label: "Last answer", value: health.lastAnswer ? formatInstant(health.lastAnswer) : "None yet" },
    { label: "Typical time", value: typeof health.p50Milliseconds === "number" ? `${health.p50Milliseconds} ms (95 % within ${health.p95Milliseconds ?? "an unknown number of"} ms)` : "" },
    { label: "Last problem", value: health.lastReason },
    { label: "Offers", value: `${sections.length} sections` },
  ];
}
