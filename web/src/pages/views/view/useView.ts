import { useCallback } from "react";
import { ApiError, ask } from "../../../api";
import type { ViewFacts } from "../../../api/views";
import { ViewAsItIsDocument, ViewsToApproveDocument } from "../../../api/generated/graphql";
import { type Asked, useAsked } from "../useAsked";

/** Reads a view; who approves them reads it among those that were put before them. */
export function useView(id: string, approves: boolean): Asked<ViewFacts> {
  const read = useCallback(
    async (signal: AbortSignal) => {
      if (!approves) return ask(ViewAsItIsDocument, { id }, (data) => data.view, signal);
      const found = (await ask(ViewsToApproveDocument, {}, (data) => data.viewsToApprove, signal)).find((v) => v.id === id);
      if (found === undefined) throw new ApiError("There is no such view that you may see", "VIEW_NOT_FOUND");
      return found;
    },
    [id, approves],
  );
  return useAsked(read);
}
