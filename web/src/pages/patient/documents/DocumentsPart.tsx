import { care, clinical } from "../../../sections";
import type { PartProps } from "../part";

const shown: readonly string[] = ["documents"];

/** Letters and other documents, where they are kept. */
export default function DocumentsPart({ state, failed }: PartProps) {
  return (
    <>
      <h2>Documents</h2>
      <div className="pw-column">{[...clinical, ...care].filter((view) => shown.includes(view.name)).map((view) => view.card(state.sections, failed))}</div>
    </>
  );
}
