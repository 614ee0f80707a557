import { type ComponentType, lazy } from "react";
import { Later } from "../../components/Later";
import type { PatientPart } from "../../paths";
import type { PartProps } from "./part";
import { SummaryPart } from "./summary/SummaryPart";

// The summary is what one comes for; what weighs more is fetched when it is wanted.
const later: Readonly<Record<Exclude<PatientPart, "summary">, ComponentType<PartProps>>> = {
  timeline: lazy(() => import("./timeline/TimelinePart")),
  results: lazy(() => import("./results/ResultsPart")),
  documents: lazy(() => import("./documents/DocumentsPart")),
  plans: lazy(() => import("./plans/PlansPart")),
};

/** One part of the record; what goes wrong in it leaves the banner and the other parts. */
export function Part({ part, ...props }: PartProps & { readonly part: PatientPart }) {
  const Wanted = part === "summary" ? SummaryPart : later[part];
  return (
    <Later key={part} what="This part" instead="choose another part, or ">
      <Wanted {...props} />
    </Later>
  );
}
