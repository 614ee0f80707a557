import { Component, type ComponentType, lazy, type ReactNode, Suspense } from "react";
import type { PatientPart } from "../../paths";
import { Message } from "../../ui/Message";
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
    <Caught key={part}>
      <Suspense fallback={<Message tone="waiting">Opening</Message>}>
        <Wanted {...props} />
      </Suspense>
    </Caught>
  );
}

/** A page always comes: a part that fails says so in its place. */
class Caught extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert">
        <Message tone="missing">This part could not be shown. Nothing is known from it: choose another part, or load the page again.</Message>
      </div>
    );
  }
}
