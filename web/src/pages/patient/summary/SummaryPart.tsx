import { useFreshMarks } from "../../../components/fresh/context";
import { Registrations } from "../../../components/Registrations";
import { FreshLine, goToSection } from "../fresh/FreshLine";
import { useLayout } from "../layout/useLayout";
import type { PartProps } from "../part";
import { Arrange } from "./arrange/Arrange";
import { Cards } from "./Cards";

/** Everything at a glance: what this reader needs first stands first, in sight and in the order of reading. */
export function SummaryPart({ state, failed, edition }: PartProps) {
  const layout = useLayout();
  const fresh = useFreshMarks();
  return (
    <>
      <div className="pw-lead">
        <Registrations registrations={state.identity?.registrations ?? []} />
        <FreshLine fresh={fresh} onGo={goToSection} />
        <Arrange layout={layout} />
      </div>
      {/* Where more (or less) may be seen than before, nothing is held in its place. */}
      <Cards key={edition} order={layout.sections} sections={state.sections} failed={failed} />
    </>
  );
}
