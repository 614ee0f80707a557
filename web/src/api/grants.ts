import { isObject, text } from "./json";
import { refuseOf, send } from "./transport";

/** An app that reads in the user's name. */
export interface AppGrant {
  readonly id: string;
  readonly name: string;
  readonly since: string;
  readonly until: string;
  /** What it may do, in plain words. */
  readonly scopes: readonly string[];
}

/** What apps have access in the user's name, newest first. */
export async function appGrants(signal?: AbortSignal): Promise<readonly AppGrant[]> {
  const reply = await send("GET", "/smart/grants", { signal });
  const listed = isObject(reply.body) ? reply.body.grants : undefined;
  if (reply.status !== 200 || !Array.isArray(listed)) return refuseOf(reply);
  return listed.filter(isObject).map((g) => ({
    id: text(g.id),
    name: text(g.name),
    since: text(g.since),
    until: text(g.until),
    scopes: Array.isArray(g.scopes) ? g.scopes.map(text) : [],
  }));
}

/** Ends an app's access: it is out at its next request. */
export async function endGrant(id: string): Promise<void> {
  const reply = await send("POST", "/smart/grants", { body: { id } });
  if (reply.status !== 204) refuseOf(reply);
}
