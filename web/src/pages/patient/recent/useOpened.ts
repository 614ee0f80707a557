import { useEffect } from "react";
import { type RecordState, run } from "../../../api";
import { OpenedPatientDocument } from "../../../api/generated/graphql";

/** Has the server note that this reader has opened the person, once who it is is shown. That it cannot be noted keeps nobody from reading. */
export function useOpened({ id, identity }: RecordState): void {
  const shown = identity !== null;
  useEffect(() => {
    if (shown) run(OpenedPatientDocument, { patient: id }, undefined, "passive").catch(() => undefined);
  }, [id, shown]);
}
