import { care, clinical } from "../../../sections";
import type { PartProps } from "../part";

const shown: readonly string[] = ["consents"];

/** What was agreed about care. */
export default function PlansPart({ state, failed }: PartProps) {
  return (
    <>
      <h2>Plans</h2>
      <div className="pw-column">{[...clinical, ...care].filter((view) => shown.includes(view.name)).map((view) => view.card(state.sections, failed))}</div>
    </>
  );
}
