import { useEffect, useSyncExternalStore } from "react";
import { type Cast, presentCast, subscribeCast } from "./cast";
import { followEpr } from "./castFollow";
import { type Grant, present } from "./grant";

/** What is known of the EPR's screen, as it changes; a grant without a topic is apart from it. */
export function useCast(grant: Grant | null): Cast {
  const id = grant?.id ?? "";
  // A grant that is renewed is the same one.
  useEffect(() => {
    const { grant: at } = present();
    return at?.id === id && id !== "" ? followEpr(at) : undefined;
  }, [id]);
  const cast = useSyncExternalStore(subscribeCast, presentCast);
  return cast.is === "apart" && grant !== null && grant.topic !== "" ? { is: "asking" } : cast;
}
