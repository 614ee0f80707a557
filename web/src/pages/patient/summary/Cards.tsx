import { memo, useDeferredValue, useRef } from "react";
import type { Sections } from "../../../api";
import { sectionView } from "../../../sections";
import type { Layout } from "../layout/useLayout";
import { useColumns } from "./useColumns";

interface CardsProps {
  readonly order: Layout["sections"];
  readonly sections: Sections;
  readonly failed: string | null;
}

/** How many cards a screen begins with, whatever its width. */
const inSight = 6;

/**
 * The cards of the summary. Those that a reader sees first are drawn first; the others
 * follow in the browser's next moments, and never while something is pressed or typed.
 * Mounted anew for another edition, so that nothing withdrawn is held back (hazard H-07).
 */
export function Cards({ order, sections, failed }: CardsProps) {
  const place = useRef<HTMLDivElement>(null);
  const all = useDeferredValue(true, false);
  const later = useDeferredValue(sections);
  const shown = all ? order : order.slice(0, inSight);
  useColumns(place, shown.map((s) => s.name).join(" "));
  return (
    <div ref={place} className="pw-summary">
      {shown.map(({ name, folded }, i) => (
        <Card key={name} name={name} folded={folded} sections={i < inSight ? sections : later} failed={failed} />
      ))}
    </div>
  );
}

interface CardProps {
  readonly name: Layout["sections"][number]["name"];
  readonly folded: boolean;
  readonly sections: Sections;
  readonly failed: string | null;
}

const Card = memo(
  function Card({ name, folded, sections, failed }: CardProps) {
    return sectionView(name).card(sections, failed, { folded, brief: true });
  },
  // What another section has answered is no change of this one.
  (a, b) => a.name === b.name && a.folded === b.folded && a.failed === b.failed && a.sections[a.name] === b.sections[b.name],
);
