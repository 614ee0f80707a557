import { isObject, parse, text } from "../api/json";
import type { Grant } from "./grant";
import { keys, read, remove, write } from "./storage";

/*
 * What is kept of an EPR's launch, so that the view can be read again: the launch itself
 * works only once, and where it stands in a frame there may be no cookie. Other views keep
 * no token: they ask for another one.
 *
 * The address says which launch a view belongs to, so that Back, Forward, reload and two
 * frames in one tab each find their own patient (hazard H-01). The browser's history.state
 * would not do: Chromium forgets it where a page's opener is cut off (COOP).
 */

const prefix = "patchwork-launched-";
const most = 8;

/** Keeps the tokens of a launch. */
export function keepLaunched(grant: Grant): void {
  const others = keys(prefix).filter((key) => key !== prefix + grant.id);
  const at = (key: string) => Number((parse(read(key) ?? "") as { at?: unknown } | null)?.at ?? 0);
  others.sort((a, b) => at(a) - at(b));
  for (const key of others.slice(0, Math.max(0, others.length - most + 1))) remove(key);
  write(prefix + grant.id, JSON.stringify({ ...grant, at: Date.now() }));
}

export function dropLaunched(id: string): void {
  remove(prefix + id);
}

/** null if nothing, or nothing that can be read, is kept. */
export function keptLaunch(id: string): Grant | null {
  const kept = parse(read(prefix + id) ?? "");
  if (!isObject(kept) || kept.id !== id || text(kept.access) === "" || text(kept.patient) === "") return null;
  return {
    id,
    access: text(kept.access),
    expires: typeof kept.expires === "number" ? kept.expires : 0,
    refresh: text(kept.refresh),
    patient: text(kept.patient),
    bannerElsewhere: kept.bannerElsewhere === true,
    epr: text(kept.epr),
    topic: text(kept.topic),
    event: text(kept.event),
  };
}

const parameter = "launched";

/** Which launch an address belongs to; "" for none. It is a name in this tab, and opens nothing anywhere else. */
export function launchOf(search: string = window.location.search): string {
  return new URLSearchParams(search).get(parameter) ?? "";
}

/** The address of a view of a launch. */
export function launchedAt(path: string, { id }: Grant): string {
  return `${path}?${parameter}=${encodeURIComponent(id)}`;
}
