import { useRef } from "react";
import { useFreshMarks } from "../../../components/fresh/context";
import { Registrations } from "../../../components/Registrations";
import { sectionView } from "../../../sections";
import { FreshLine, goToSection } from "../fresh/FreshLine";
import { useLayout } from "../layout/useLayout";
import type { PartProps } from "../part";
import { Arrange } from "./arrange/Arrange";
import { useColumns } from "./useColumns";

/** Everything at a glance: what this reader needs first stands first, in sight and in the order of reading. */
export function SummaryPart({ state, failed, edition }: PartProps) {
  const layout = useLayout();
  const { sections } = layout;
  const fresh = useFreshMarks();
  const place = useRef<HTMLDivElement>(null);
  useColumns(place, `${edition} ${sections.map((s) => s.name).join(" ")}`);
  return (
    <>
      <div className="pw-lead">
        <Registrations registrations={state.identity?.registrations ?? []} />
        <FreshLine fresh={fresh} onGo={goToSection} />
        <Arrange layout={layout} />
      </div>
      {/* Where more (or less) may be seen than before, nothing is held in its place. */}
      <div ref={place} key={edition} className="pw-summary">
        {sections.map(({ name, folded }) => sectionView(name).card(state.sections, failed, { folded, brief: true }))}
      </div>
    </>
  );
}
