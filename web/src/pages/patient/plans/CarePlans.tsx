import type { Sections } from "../../../api";
import { SectionCard } from "../../../components/SectionCard";
import { label } from "../../../components/values";
import { carePlans } from "../../../sections/carePlans/carePlans";
import { activityText, goalText, type Plan, reviewOf, somebody } from "../../../sections/carePlans/plan";
import { inForce } from "../../../sections/endOfLife/decisions";
import { formatPeriod } from "../../../ui/dates";
import { Sheet } from "./Sheet";

interface CarePlansProps {
  readonly section: Sections["carePlans"];
  readonly failed: string | null;
}

/** Every care plan as its source has it, those that hold first. */
export function CarePlans({ section, failed }: CarePlansProps) {
  const entries = section?.entries ?? [];
  const plans = [...entries.filter(inForce), ...entries.filter((p) => !inForce(p))];
  return (
    <SectionCard name={carePlans.name} title={carePlans.title} things={carePlans.things} section={section} problem={failed}>
      <div className="pw-sheets">
        {plans.map((p, i) => (
          <PlanSheet key={`${p.id ?? ""}#${i}`} plan={p} />
        ))}
      </div>
    </SectionCard>
  );
}

function PlanSheet({ plan }: { readonly plan: Plan }) {
  const kind = label(plan.code);
  return (
    <Sheet entry={plan} title={plan.title ?? (kind || "Plan without a title")} review={reviewOf(plan)} silent={["active"]} holds={inForce(plan)}>
      {plan.title && kind ? <p>{kind}</p> : null}
      {plan.period ? <p className="pw-sheet__by">Holds {formatPeriod(plan.period.start, plan.period.end)}</p> : null}
      <Listed name="About" texts={(plan.concerns ?? []).map(label)} />
      <Listed name="Goals" texts={(plan.goals ?? []).map(goalText)} />
      <Listed name="What is done" texts={(plan.activities ?? []).map(activityText)} />
      <Listed name="Carried out by" texts={(plan.careTeam ?? []).map(somebody)} />
    </Sheet>
  );
}

function Listed({ name, texts }: { readonly name: string; readonly texts: readonly string[] }) {
  const said = texts.filter(Boolean);
  if (said.length === 0) return null;
  return (
    <>
      <h4>{name}</h4>
      <ul className="pw-sheet__list">
        {said.map((text, i) => (
          <li key={i}>{text}</li>
        ))}
      </ul>
    </>
  );
}
