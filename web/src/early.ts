import { readAhead } from "./api/ahead";
import { currentSession, type Session } from "./api/session";
import { paths, routeOf } from "./paths";
import { depart, prepare } from "./smart/depart";
import { present, ready } from "./smart/grant";

/*
 * Who is signed in, access for them and the record at the page's address are asked for
 * before the page is built: on a slow computer building it takes longer than the answers do.
 */

let session: Promise<Session | null> | null = null;

/** Begins to ask, on the pages that will; done when it is known who is signed in, and what comes of it is on its way. */
export async function begin(): Promise<void> {
  const route = routeOf(window.location.pathname);
  if (route.page === "launch" || route.page === "callback" || route.page === "approve") return;
  const granted = (await ready()) !== null;
  if (!granted) prepare();
  session = currentSession();
  const found = await session.catch(() => null); // whoever takes the answer says what went wrong
  const chosen = found !== null && (found.positions.length <= 1 || found.position >= 0);
  if (!chosen || found.locked || [paths.signIn, paths.role, paths.confirmed].some((path) => path === window.location.pathname)) return;
  // The page asks for access again, and says why there is none.
  const access = granted ? Promise.resolve(true) : depart({ back: window.location.pathname }).then(() => present().grant !== null, () => false);
  if (route.page === "patient") readAhead(route.id, access);
}

/** The first answer to who is signed in, for whoever asks first; null if nobody asked, or it is taken. */
export function takeFirst(): Promise<Session | null> | null {
  const first = session;
  session = null;
  return first;
}
