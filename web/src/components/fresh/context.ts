import { createContext, useContext } from "react";
import type { SectionName } from "../../api";
import type { Statement } from "../EntryRow";

/** What is new to this reader of what is shown. */
export interface Fresh {
  /** When they looked last, as a moment; null if they never did, or it is not known. */
  readonly since: string | null;
  readonly isFresh: (entry: Pick<Statement, "id">) => boolean;
  /** How many entries are new, by section, in the order of the record. */
  readonly sections: readonly { readonly section: SectionName; readonly count: number }[];
  /** Systems of which it cannot be told, by section: they had not told all by then. */
  readonly unknown: readonly { readonly section: SectionName; readonly source: string }[];
}

export const nothingFresh: Fresh = { since: null, isFresh: () => false, sections: [], unknown: [] };

/** What is new to the reader, for any row of the page. */
export const FreshContext = createContext<Fresh>(nothingFresh);

export function useFreshMarks(): Fresh {
  return useContext(FreshContext);
}
