import { isObject, parse, text } from "../api/json";
import { token } from "./grant";

/* Asking the hub: FHIRcast STU3. Its answers to forms that fail are plain text. */

const hub = "/smart/cast";

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** What was answered, if it is a sentence. */
  readonly said: string;
}

/** Status 0 is a server that was not reached, 401 a page without access. */
async function ask(path: string, kind: string, body: string | null): Promise<Answer> {
  try {
    const by = await token();
    if (by === null) return { status: 401, body: {}, said: "" };
    const response = await fetch(path, {
      method: body === null ? "GET" : "POST",
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      headers: { Authorization: `Bearer ${by}`, Accept: "application/json", ...(body === null ? {} : { "Content-Type": kind }) },
      ...(body === null ? {} : { body }),
    });
    const received = await response.text();
    const read = parse(received);
    return { status: response.status, body: isObject(read) ? read : {}, said: isObject(read) ? "" : received.trim().slice(0, 200) };
  } catch {
    return { status: 0, body: {}, said: "" };
  }
}

const events = "Patient-open,Patient-close,UserLogout,heartbeat";

/** Subscribes, or renews the subscription of an endpoint; "" as endpoint if that was not possible. */
export async function subscribe(topic: string, endpoint = ""): Promise<string> {
  const form = new URLSearchParams({ "hub.channel.type": "websocket", "hub.mode": "subscribe", "hub.topic": topic, "hub.events": events, "subscriber.name": "Patchwork" });
  if (endpoint !== "") form.set("hub.channel.endpoint", endpoint);
  const { status, body } = await ask(hub, "application/x-www-form-urlencoded", form.toString());
  const given = text(body["hub.channel.endpoint"]);
  return status === 202 && URL.canParse(given) && new URL(given).host === window.location.host ? given : "";
}

export interface Context {
  /** The event that made it. */
  readonly event: string;
  /** Somebody is open. */
  readonly open: boolean;
}

/** What the EPR shows now; null if that cannot be asked. */
export async function context(topic: string): Promise<Context | null> {
  const { status, body } = await ask(`${hub}/${encodeURIComponent(topic)}`, "", null);
  return status === 200 ? { event: text(body["context.versionId"]), open: text(body["context.type"]) !== "" } : null;
}

/** Asks for a launch by which to follow an event. */
export function launchFor(topic: string, event: string): Promise<Answer> {
  return ask(`${hub}/${encodeURIComponent(topic)}/follow`, "application/json", JSON.stringify({ id: event }));
}

/** Asks for a launch of the patient who is shown, for a window of its own; "" if there is none. */
export async function launchAgain(event: string): Promise<string> {
  return text((await ask("/smart/again", "application/json", JSON.stringify({ event }))).body.launch);
}

/** Says that this view does not follow an event: FHIRcast STU3 §3.2.1. */
export function outOfStep(topic: string, event: string): Promise<Answer> {
  const coding = (kind: string, code: string) => ({ system: `https://fhircast.hl7.org/events/syncerror/${kind}`, code });
  const outcome = { resourceType: "OperationOutcome", issue: [{ severity: "warning", code: "processing", details: { coding: [coding("eventid", event), coding("eventname", "Patient-open")] } }] };
  return ask(
    hub,
    "application/fhir+json",
    JSON.stringify({
      timestamp: new Date().toISOString(),
      id: crypto.randomUUID(),
      event: { "hub.topic": topic, "hub.event": "SyncError", context: [{ key: "operationoutcome", resource: outcome }] },
    }),
  );
}
