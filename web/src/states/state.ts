import type { ReactNode } from "react";

/** One component as it looks in one state. */
export interface State {
  /** The file it comes from, without its ending: `ui/Message`. */
  readonly of: string;
  readonly state: string;
  readonly shown: ReactNode;
  /** Stands over the page and has it to itself: banners and dialogs are shown one by one. */
  readonly alone?: true;
}

/** The states of one component by their names. */
export function states(of: string, shown: Readonly<Record<string, ReactNode>>, alone?: true): State[] {
  return Object.entries(shown).map(([state, node]) => ({ of, state, shown: node, ...(alone ? { alone } : {}) }));
}
