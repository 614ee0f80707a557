import type { SectionName } from "../../../api";
import { care, clinical } from "../../../sections";

/** A section of the summary and how it is shown. */
export interface PlacedSection {
  readonly name: SectionName;
  /** Its heading only, until it is opened. Never so for what is dangerous to miss. */
  readonly folded: boolean;
}

/** How the summary is arranged for this reader. */
export interface Layout {
  /** Every section that this page can show, in order. */
  readonly sections: readonly PlacedSection[];
}

const builtIn: readonly PlacedSection[] = [...clinical, ...care].map((view) => ({ name: view.name, folded: false }));

/** The order of the summary: what is dangerous first. */
export function useLayout(): Layout {
  return { sections: builtIn };
}
