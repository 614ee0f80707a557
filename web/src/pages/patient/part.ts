import type { RecordState } from "../../api";

/** An EPR has opened this patient and no other; it may show around the view who they are. */
export type Limited = "to-this-patient" | "named-around-it";

/** What every part of a person's record is given: nothing is asked for twice. */
export interface PartProps {
  readonly id: string;
  readonly state: RecordState;
  /** Why the record could not be asked for; null if it was. */
  readonly failed: string | null;
  /** Counts up with every change of what may be seen: what a part asked for itself is asked anew. */
  readonly edition: number;
  /** Null for somebody who signed in here. */
  readonly limited: Limited | null;
}
