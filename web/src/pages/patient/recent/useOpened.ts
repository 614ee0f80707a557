import { useEffect } from "react";
import { type RecordState, run } from "../../../api";
import { OpenedPatientDocument } from "../../../api/generated/graphql";

/** Has the server note that this reader has opened the person, once who it is is shown. That it cannot be noted keeps nobody from reading. What an EPR opened is the EPR's to remember. */
export function useOpened({ id, identity }: RecordState, limited: boolean): void {
  const shown = identity !== null && !limited;
  useEffect(() => {
    if (shown) run(OpenedPatientDocument, { patient: id }, undefined, "passive").catch(() => undefined);
  }, [id, shown]);
}
