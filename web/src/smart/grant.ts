import { dropLaunched, keepLaunched, keptLaunch, launchOf } from "./launched";
import { inFrame } from "./frame";
import { refresh } from "./oauth";
import { sole } from "./sole";

/*
 * What this page may ask with. Each page has its own, so that what another tab is given,
 * or is opened on, changes nothing here.
 */

export interface Grant {
  /** Names it in this browser; the server does not know it. */
  readonly id: string;
  readonly access: string;
  /** Until when the access token lasts, in milliseconds of this computer's clock. */
  readonly expires: number;
  /** "" if it cannot be renewed. */
  readonly refresh: string;
  /** The one person it is pinned to; "" if it is not pinned. */
  readonly patient: string;
  /** The EPR shows who the patient is around the view (SMART: need_patient_banner is false). */
  readonly bannerElsewhere: boolean;
  /** What people call the EPR that opened it; "" if that is not known. */
  readonly epr: string;
  /** FHIRcast's topic, on which the EPR says who is on its screen; "" if it cannot. */
  readonly topic: string;
  /** The event there that this view belongs to. */
  readonly event: string;
}

/** What a page can do with its grant. */
export interface Held {
  readonly grant: Grant | null;
  /** The page was opened by a launch, whose grant is gone: only the EPR can open it again. */
  readonly lost: boolean;
}

const nothing: Held = { grant: null, lost: false };
let held: Held = nothing;
let adoption: Promise<void> | null = null;
let renewal: Promise<Grant | null> | null = null;
const moved = new EventTarget();

function become(next: Held): void {
  const first = held.grant === null && next.grant !== null;
  held = next;
  const tell = () => moved.dispatchEvent(new Event("moved"));
  // The first request goes out before the page is built for it; what ends is told at once.
  if (first) setTimeout(tell);
  else tell();
}

/** What is at hand now. */
export function present(): Held {
  return held;
}

export function subscribe(changed: () => void): () => void {
  moved.addEventListener("moved", changed);
  return () => {
    moved.removeEventListener("moved", changed);
  };
}

/** From now on everything is asked with this one. */
export function hold(grant: Grant): void {
  adoption = Promise.resolve();
  if (grant.patient !== "") {
    keepLaunched(grant);
    if (held.grant?.id !== grant.id) void sole(grant.id);
  }
  become({ grant, lost: false });
}

/** It is of no use any more. */
export function forget(): void {
  const { grant } = held;
  if (grant === null) return;
  dropLaunched(grant.id);
  become({ grant: null, lost: grant.patient !== "" });
}

/** Begins as a page does that has just been loaded; for tests. */
export function unload(): void {
  adoption = null;
  renewal = null;
  held = nothing;
}

/** The grant at hand: that of the launch this page belongs to, if it was loaded again. */
export async function ready(): Promise<Grant | null> {
  adoption ??= adopt(launchOf());
  await adoption;
  return held.grant;
}

async function adopt(id: string): Promise<void> {
  if (id === "") return;
  const grant = keptLaunch(id);
  if (grant === null || (await sole(id))) {
    become({ grant, lost: grant === null });
    return;
  }
  // A duplicate of a tab that still is there: it has to be given a grant of its own.
  if (!inFrame()) dropLaunched(id);
  window.history.replaceState(window.history.state, "", window.location.pathname);
}

/** Renewed before it ends, so that what is on its way arrives in time. */
const early = 30_000;

/** A token that lasts; null if there is none. Throws ApiError if the server could not be asked for one. */
export async function token(): Promise<string | null> {
  const grant = await ready();
  if (grant === null) return null;
  return Date.now() < grant.expires - early ? grant.access : renewed(grant.access);
}

/** Another token than the one that has ended or was refused; null if there is none. Many who ask at once renew it once. */
export async function renewed(refused: string): Promise<string | null> {
  const { grant } = held;
  if (grant?.access !== refused) return grant?.access ?? null;
  renewal ??= renew(grant).finally(() => {
    renewal = null;
  });
  return (await renewal)?.access ?? null;
}

async function renew(grant: Grant): Promise<Grant | null> {
  const tokens = grant.refresh === "" ? null : await refresh(grant.refresh);
  if (held.grant !== grant) return held.grant;
  if (tokens === null) forget();
  else hold({ ...grant, ...tokens, refresh: tokens.refresh || grant.refresh });
  return held.grant;
}
