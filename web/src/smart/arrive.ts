import { navigate } from "../history";
import { paths } from "../paths";
import { viewerPath } from "../session/back";
import { given, returned } from "./way";
import { inFrame } from "./frame";
import { type Grant, hold } from "./grant";
import { launchedAt } from "./launched";
import { redeem } from "./oauth";
import { takePending } from "./pending";
import { Refused } from "./refused";

/** How a request for access ended. */
export type Arrived =
  | { readonly how: "granted"; readonly grant: Grant; /** The path to go on to. */ readonly back: string }
  | {
      readonly how: "refused";
      /** An OAuth error; `not-ours` if this is not the answer to what was asked here. */
      readonly code: string;
      /** The server's own sentence, only if it is the answer of our own server; "" for none. */
      readonly description: string;
      readonly back: string;
      readonly launched: boolean;
    };

let asked = "";
let arriving: Promise<Arrived> | null = null;

/** Finishes what /smart/callback came back with, once, however often it is asked. */
export function arrive(search: string): Promise<Arrived> {
  if (arriving === null || asked !== search) {
    asked = search;
    arriving = finish(new URLSearchParams(search)).finally(returned);
  }
  return arriving;
}

async function finish(answer: URLSearchParams): Promise<Arrived> {
  const pending = takePending(answer.get("state") ?? "");
  if (pending === null) return { how: "refused", code: "not-ours", description: "", back: "/", launched: false };
  const back = viewerPath(pending.back) ?? "/";
  try {
    const grant: Grant = { id: crypto.randomUUID(), ...(await redeem(answer, pending)) };
    hold(grant);
    given();
    return { how: "granted", grant, back };
  } catch (error) {
    if (error instanceof Refused) return { how: "refused", code: error.code, description: error.description, back, launched: pending.launched };
    throw error;
  }
}

/**
 * Goes to what access was given for: the code and the state go from the address. In a frame
 * its path stays, because no other page may be framed and the frame may be loaded again.
 */
export function goOn({ grant, back }: Extract<Arrived, { how: "granted" }>): void {
  if (grant.patient === "") navigate(back, "replace");
  else navigate(launchedAt(inFrame() ? paths.callback : paths.patient(grant.patient), grant), "replace");
}
