/*
 * The viewer is a SMART app of this server like any other: a public client with PKCE
 * (SMART App Launch 2.2, "Public app"). These are the facts of its registration.
 */

export const clientId = "patchwork-viewer";

/** What every token of the viewer is for: who it is, renewal while they are signed in, and the graph. */
export const scopes = "openid fhirUser online_access patchwork/graph";

/** What a launched view asks for besides: to hear that its EPR has moved to another patient, and to say when it cannot follow (FHIRcast STU3 §2.2). */
export const castScopes = "fhircast/*.read fhircast/SyncError.write";

/** FHIRcast's hub of this server. */
export function hubUrl(): string {
  return `${window.location.origin}/smart/cast`;
}

/** The FHIR base of this server: the `iss` of its launches and the `aud` of its tokens. */
export function fhirBase(): string {
  return `${window.location.origin}/fhir`;
}

export function redirectUri(): string {
  return `${window.location.origin}/smart/callback`;
}

/** Reports whether a launch is one of our own server's; a slash at the end is no other server. */
export function isOurs(iss: string): boolean {
  return iss.replace(/\/$/, "") === fhirBase();
}
