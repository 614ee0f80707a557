import { useEffect } from "react";
import { ask } from "../../../api";
import { ReadViewNoticesDocument } from "../../../api/generated/graphql";

/** What a repeated view told of a run is read with the run; tells how many notices are not read then. */
export function useRead(run: string, repeated: boolean, onTold: (unread: number) => void): void {
  useEffect(() => {
    if (!repeated) return;
    ask(ReadViewNoticesDocument, { run }, (data) => data.readViewNotices).then(
      ({ unread }) => {
        onTold(unread);
      },
      () => {
        // It stays unread, and is there to be read again.
      },
    );
  }, [run, repeated, onTold]);
}
