import { Registrations } from "../../../components/Registrations";
import { care, clinical } from "../../../sections";
import type { PartProps } from "../part";

/** Everything at a glance: what is dangerous first. */
export function SummaryPart({ state, failed }: PartProps) {
  return (
    <>
      <Registrations registrations={state.identity?.registrations ?? []} />
      <div className="pw-columns">
        <div className="pw-column">{clinical.map((view) => view.card(state.sections, failed))}</div>
        <div className="pw-column">{care.map((view) => view.card(state.sections, failed))}</div>
      </div>
    </>
  );
}
