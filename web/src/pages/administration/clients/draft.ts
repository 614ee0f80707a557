import { ApiError } from "../../../api";
import type { SmartClientInput, SmartClientMethod } from "../../../api/generated/graphql";
import { sentenceOf } from "../../../components/problems";
import type { Wrong } from "../../../ui/ErrorSummary";

/* What is written in the form that registers a client, and what is sent of it. */

export type Kind = "app" | "service" | "epr";

export interface Draft {
  readonly kind: Kind | "";
  readonly name: string;
  /** Of an app; the others have keys. */
  readonly method: SmartClientMethod | "";
  readonly keysBy: "url" | "set";
  readonly jwks: string;
  readonly jwksUrl: string;
  readonly redirectUris: string;
  readonly launchUrl: string;
  /** One a line, or with blanks between them. */
  readonly scopes: string;
  readonly offline: boolean;
  readonly trusted: boolean;
  readonly role: string;
  readonly organisation: string;
  readonly apps: readonly string[];
  readonly organisations: string;
  readonly logins: readonly string[];
  readonly origins: string;
  readonly trust: boolean;
  readonly prefill: boolean;
}

export const blank: Draft = {
  kind: "",
  name: "",
  method: "",
  keysBy: "url",
  jwks: "",
  jwksUrl: "",
  redirectUris: "",
  launchUrl: "",
  scopes: "",
  offline: false,
  trusted: false,
  role: "",
  organisation: "",
  apps: [],
  organisations: "",
  logins: [],
  origins: "",
  trust: false,
  prefill: false,
};

/** The scopes that most of a kind ask for, to begin with. */
export const usualScopes: Readonly<Record<Kind, string>> = {
  app: "openid\nfhirUser\nlaunch\nlaunch/patient\nonline_access\npatient/*.rs",
  service: "system/Patient.rs",
  epr: "patchwork/launch",
};

/** What stands between blanks and line ends. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** The scopes as they are sent: offline access only if it is ticked. */
export function scopesOf({ scopes, offline, kind }: Draft): string[] {
  const named = words(scopes).filter((s) => s !== "offline_access");
  return kind === "app" && offline ? [...named, "offline_access"] : named;
}

export interface Missing {
  readonly field: keyof Draft;
  readonly text: string;
}

/** What is missing of the keys. */
export function keysMissing(draft: Draft): Missing[] {
  if (draft.keysBy === "url") return draft.jwksUrl.trim() ? [] : [{ field: "jwksUrl", text: "Enter the address of its key set" }];
  return draft.jwks.trim() ? [] : [{ field: "jwks", text: "Paste its key set" }];
}

/** What is still missing, in the order of the form; the server judges what is there. */
export function missing(draft: Draft): Missing[] {
  if (draft.kind === "") return [{ field: "kind", text: "Say what you want to register" }];
  const found: Missing[] = draft.name.trim() ? [] : [{ field: "name", text: "Say what people call it" }];
  if (draft.kind === "app") {
    if (draft.method === "") found.push({ field: "method", text: "Say how it proves that it is itself" });
    if (words(draft.redirectUris).length === 0) found.push({ field: "redirectUris", text: "Enter the address to which it sends users back" });
  }
  if (hasKeys(draft)) found.push(...keysMissing(draft));
  if (draft.kind === "epr") {
    if (draft.apps.length === 0) found.push({ field: "apps", text: "Choose at least one app that it may open" });
    if (words(draft.organisations).length === 0) found.push({ field: "organisations", text: "Enter the ODS code of the organisation whose staff use it" });
    if (draft.logins.length === 0) found.push({ field: "logins", text: "Choose at least one login by which it names its users" });
  }
  if (scopesOf(draft).length === 0) found.push({ field: "scopes", text: "Name at least one scope" });
  if (actsAsSomebody(draft)) {
    if (draft.role === "") found.push({ field: "role", text: "Choose the role in which it acts" });
    if (!draft.organisation.trim()) found.push({ field: "organisation", text: "Enter the ODS code of the organisation for which it acts" });
  }
  return found;
}

/** Only what has system scopes acts as somebody. */
export function actsAsSomebody(draft: Draft): boolean {
  return draft.kind !== "app" && scopesOf(draft).some((s) => s.startsWith("system/"));
}

export function hasKeys({ kind, method }: Draft): boolean {
  return kind === "service" || kind === "epr" || method === "PRIVATE_KEY_JWT";
}

/** What is sent: of each kind only what it has. */
export function inputOf(draft: Draft): SmartClientInput {
  const app = draft.kind === "app";
  const keys = hasKeys(draft);
  return {
    name: draft.name.trim(),
    method: app && draft.method !== "" ? draft.method : "PRIVATE_KEY_JWT",
    redirectUris: app ? words(draft.redirectUris) : [],
    launchUrl: app && draft.launchUrl.trim() ? draft.launchUrl.trim() : null,
    scopes: scopesOf(draft),
    trusted: app && draft.trusted,
    jwks: keys && draft.keysBy === "set" ? draft.jwks : null,
    jwksUrl: keys && draft.keysBy === "url" ? draft.jwksUrl.trim() : null,
    position: actsAsSomebody(draft) ? { role: draft.role, organisation: draft.organisation.trim() } : null,
    launching:
      draft.kind === "epr"
        ? { apps: [...draft.apps], organisations: words(draft.organisations), logins: [...draft.logins], origins: words(draft.origins), trust: draft.trust, prefill: draft.prefill }
        : null,
  };
}

/** Where the server's word for an input stands in the form. */
const places: Readonly<Record<string, keyof Draft>> = {
  name: "name",
  method: "method",
  redirectURIs: "redirectUris",
  launchURL: "launchUrl",
  scopes: "scopes",
  jwks: "jwks",
  jwksURL: "jwksUrl",
  position: "organisation",
  apps: "apps",
  launching: "apps",
  organisations: "organisations",
  logins: "logins",
  origins: "origins",
};

/** A refusal, at the field that the server means if it is on the page; ids of fields begin with `id`. */
export function wrongOf(error: unknown, id: string): Wrong {
  const text = sentenceOf(error);
  const place = error instanceof ApiError ? places[error.field] : undefined;
  const field = place === undefined ? "" : `${id}-${place}`;
  return field !== "" && document.getElementById(field) ? { text, field } : { text };
}
