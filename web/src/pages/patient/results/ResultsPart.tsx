import { care, clinical } from "../../../sections";
import type { PartProps } from "../part";

const shown: readonly string[] = ["results", "observations"];

/** What was found. */
export default function ResultsPart({ state, failed }: PartProps) {
  return (
    <>
      <h2>Results</h2>
      <div className="pw-column">{[...clinical, ...care].filter((view) => shown.includes(view.name)).map((view) => view.card(state.sections, failed))}</div>
    </>
  );
}
