import { useEffect, useState } from "react";
import { run } from "../../../api";
import { ViewNoticesUnreadDocument } from "../../../api/generated/graphql";
import { usesViews } from "../../../roles";

/** How often it is asked again, in milliseconds: views are repeated by the hour at most. */
const askedEvery = 300_000;

/**
 * How many notices of repeated views are not read, for the navigation: asked after signing in and
 * now and then, and told by the pages that learn it. null where it is nobody's work or not known.
 */
export function useTold(role: string): { readonly told: number | null; readonly tell: (unread: number) => void } {
  const [told, setTold] = useState<number | null>(null);
  const mine = usesViews(role);
  useEffect(() => {
    if (!mine) return;
    const controller = new AbortController();
    const ask = () => {
      run(ViewNoticesUnreadDocument, {}, controller.signal, "passive").then(
        (answer) => {
          if (!controller.signal.aborted) setTold(answer.data?.viewNotices?.unread ?? null);
        },
        () => {
          // Without the number the entry of the navigation still leads to the page, which says what is wrong.
        },
      );
    };
    ask();
    const again = setInterval(ask, askedEvery);
    return () => {
      clearInterval(again);
      controller.abort();
      setTold(null);
    };
  }, [mine, role]);
  return { told: mine ? told : null, tell: setTold };
}
