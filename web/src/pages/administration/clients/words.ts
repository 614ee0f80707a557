import type { ClientLineFragment, SmartClientMethod, SmartClientState } from "../../../api/generated/graphql";
import type { Tone } from "../../../ui/Tag";

/* Registered clients in words. */

export const states: Readonly<Record<SmartClientState, { readonly words: string; readonly tone: Tone }>> = {
  PROPOSED: { words: "Waits for approval", tone: "warning" },
  APPROVED: { words: "In use", tone: "good" },
  OFF: { words: "Switched off", tone: "danger" },
};

export const methods: Readonly<Record<SmartClientMethod, string>> = {
  NONE: "It keeps no secret (public, PKCE)",
  CLIENT_SECRET_BASIC: "A secret (client_secret_basic)",
  PRIVATE_KEY_JWT: "A key of its own (private_key_jwt)",
};

/** What kind of thing it is, by what is registered. */
export function kindOf({ launching, redirectUris, builtIn }: Pick<ClientLineFragment, "redirectUris" | "builtIn"> & { readonly launching?: object | null }): string {
  if (builtIn) return "Part of Patchwork";
  if (launching) return "Patient record system (EPR)";
  return redirectUris.length > 0 ? "App that people use" : "Service without users";
}
