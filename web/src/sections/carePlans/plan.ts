import type { Sections } from "../../api";
import { label, line } from "../../components/values";
import { formatDate } from "../../ui/dates";
import { coded } from "../../ui/words";

export type Plan = NonNullable<NonNullable<Sections["carePlans"]>["entries"]>[number];
type Goal = NonNullable<Plan["goals"]>[number];
type Activity = NonNullable<Plan["activities"]>[number];
type Somebody = NonNullable<Plan["careTeam"]>[number];

/** `Walk 20 metres · Active · by 01-Jun-2026`. */
export function goalText(goal: Goal): string {
  return line(label(goal.description) || "Goal not stated", goal.status ? coded(goal.status) : "", goal.due ? `by ${formatDate(goal.due)}` : "");
}

/** What is not to be done says so first. */
export function activityText(activity: Activity): string {
  const what = line(label(activity.what), activity.detail) || "Activity not stated";
  const rest = line(activity.status && activity.status !== "unknown" ? coded(activity.status) : "", activity.who ? somebody(activity.who) : "");
  return line(activity.doNotPerform ? `Not to be done – ${what}` : what, rest);
}

export function somebody(who: Somebody): string {
  return [who.name, who.role, who.organisation?.name].filter(Boolean).join(", ");
}

/** When it was to be looked at again or to end, whichever the source says. */
export function reviewOf(plan: Plan): string | null {
  return plan.reviewDate ?? plan.period?.end ?? null;
}
