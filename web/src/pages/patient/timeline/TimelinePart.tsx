import { care, clinical } from "../../../sections";
import type { PartProps } from "../part";

const shown: readonly string[] = ["contacts", "admissions", "discharges", "appointments"];

/** Everything in the order of time. */
export default function TimelinePart({ state, failed }: PartProps) {
  return (
    <>
      <h2>Timeline</h2>
      <div className="pw-column">{[...clinical, ...care].filter((view) => shown.includes(view.name)).map((view) => view.card(state.sections, failed))}</div>
    </>
  );
}
