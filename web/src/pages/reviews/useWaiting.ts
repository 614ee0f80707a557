import { useEffect, useState } from "react";
import { run } from "../../api";
import { ReviewsWaitingDocument } from "../../api/generated/graphql";
import { reviews } from "../../roles";

/**
 * How many reviews wait, for the navigation: asked once after signing in, and told by the
 * pages that learn it afterwards. null where it is nobody's work or not known.
 */
export function useWaiting(role: string): { readonly waiting: number | null; readonly tell: (waiting: number) => void } {
  const [waiting, setWaiting] = useState<number | null>(null);
  const mine = reviews(role);
  useEffect(() => {
    if (!mine) return;
    const controller = new AbortController();
    run(ReviewsWaitingDocument, {}, controller.signal, "passive").then(
      (answer) => {
        if (!controller.signal.aborted) setWaiting(answer.data?.reviews?.waiting ?? null);
      },
      () => {
        // Without the number the entry of the navigation still leads to the page, which says what is wrong.
      },
    );
    return () => {
      controller.abort();
      setWaiting(null);
    };
  }, [mine]);
  return { waiting: mine ? waiting : null, tell: setWaiting };
}
