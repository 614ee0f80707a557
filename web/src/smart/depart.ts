import { ApiError } from "../api/errors";
import { browser, navigate } from "../history";
import { paths } from "../paths";
import { arrive, goOn } from "./arrive";
import { begin, prepare as prepared } from "./oauth";
import { keepPending } from "./pending";
import { inVain, together } from "./way";

/* The way to the server's authorize page and back: for the user of a trusted client it is one blink. */

export interface Going {
  /** The path of the viewer to go on to. */
  readonly back: string;
  /** The handle of an EPR's launch; "" for none. */
  readonly launch?: string;
}

/**
 * Asks for access. Where nobody has to be asked anything the page stays, because starting
 * it anew is what takes longest; else it is left, and the way ends at /smart/callback.
 * Throws ApiError if access cannot be asked for: NO_STORAGE if the browser keeps nothing
 * for this page.
 */
export function depart(going: Going): Promise<void> {
  return together(() => leave(going));
}

async function leave({ back, launch = "" }: Going): Promise<void> {
  if (inVain()) throw new ApiError("Patchwork gives this page access and refuses it at once. Try again in a few minutes", "IN_VAIN");
  const { url, ...secrets } = await begin(launch);
  if (!keepPending({ ...secrets, back, launched: launch !== "" })) {
    throw new ApiError("This browser keeps nothing for Patchwork, which it has to while access is given", "NO_STORAGE");
  }
  const end = new URL((await browser.follow(url)) || url, window.location.href);
  if (end.origin === window.location.origin && end.pathname === paths.callback) await come(end.search);
  // The page that asks the user goes on with what has begun; whatever else stands there says what is wrong.
  else browser.leave(end.pathname === paths.approve ? end.href : url);
}

/** Access without a launch is given to the page where it is. Why there is none, the callback page says, which is told the same. */
async function come(search: string): Promise<void> {
  const arrived = await arrive(search);
  if (arrived.how === "refused") navigate(paths.callback + search, "replace");
  else if (arrived.grant.patient !== "") goOn(arrived);
}

/** Finds out what asking for access takes, beside something else that is waited for. */
export function prepare(): void {
  prepared().catch(() => undefined); // it is asked for again, and then said
}
