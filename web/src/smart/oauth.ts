import * as oauth from "oauth4webapi";
import { ApiError } from "../api/errors";
import { isObject, text } from "../api/json";
import { castScopes, clientId, fhirBase, hubUrl, redirectUri, scopes } from "./ours";
import type { Pending } from "./pending";
import { Refused } from "./refused";

/*
 * The protocol: oauth4webapi speaks it, and compares what has to be compared.
 */

const client: oauth.Client = { client_id: clientId };

const how = () => ({
  // On loopback there is no TLS. Every address is one of our own origin, so that nothing goes where the page did not come from.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated to be noticed, not to go away
  [oauth.allowInsecureRequests]: window.location.protocol === "http:",
  [oauth.customFetch]: (url: string, init: RequestInit) => fetch(url, { ...init, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" }),
}) as const;

export interface Tokens {
  readonly access: string;
  /** In milliseconds of this computer's clock. */
  readonly expires: number;
  /** "" if there is none. */
  readonly refresh: string;
}

/** The server's answer to a code: tokens, and what they were launched with. */
export interface Issued extends Tokens {
  readonly patient: string;
  readonly bannerElsewhere: boolean;
  readonly epr: string;
  readonly topic: string;
  readonly event: string;
}

let discovery: Promise<oauth.AuthorizationServer> | null = null;

/** SMART App Launch 2.2, "FHIR Authorization Endpoint and Capabilities Discovery". */
function server(): Promise<oauth.AuthorizationServer> {
  discovery ??= discover().catch((error: unknown) => {
    discovery = null;
    throw error;
  });
  return discovery;
}

async function discover(): Promise<oauth.AuthorizationServer> {
  const response = await answered(fetch("/fhir/.well-known/smart-configuration", { cache: "no-store", credentials: "omit", headers: { Accept: "application/json" } }));
  const said: unknown = response.ok ? await response.json().catch(() => null) : null;
  if (!isObject(said)) throw new ApiError("Patchwork does not say how it gives access. Try again later", "UNREADABLE", response.headers.get("X-Request-Id") ?? "");
  const issuer = text(said.issuer);
  const endpoints = { authorization_endpoint: text(said.authorization_endpoint), token_endpoint: text(said.token_endpoint), revocation_endpoint: text(said.revocation_endpoint) };
  for (const address of [issuer, ...Object.values(endpoints)]) {
    // Nothing of this page goes to another address, whatever is answered.
    if (originOf(address) !== window.location.origin) {
      throw new ApiError(`Patchwork calls itself ${originOf(issuer) || "something that is no address"}, and this page came from ${window.location.origin}. Open Patchwork at its own address`, "ELSEWHERE");
    }
  }
  const algorithms = said.id_token_signing_alg_values_supported;
  return {
    issuer,
    ...endpoints,
    authorization_response_iss_parameter_supported: true, // RFC 9207: always asked for
    ...(Array.isArray(algorithms) ? { id_token_signing_alg_values_supported: algorithms.map(text) } : {}),
  };
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "";
}

/** Finds out beforehand where access is asked for. */
export async function prepare(): Promise<void> {
  await server();
}

/** Prepares a request for access: where the browser goes, and what the answer is compared with. */
export async function begin(launch: string): Promise<{ readonly url: string } & Pick<Pending, "state" | "verifier" | "nonce">> {
  if (!window.isSecureContext) throw new ApiError("This browser keeps secrets only for addresses that begin with https. Open Patchwork at such an address", "INSECURE");
  const { authorization_endpoint = "" } = await server();
  const [state, verifier, nonce] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier(), oauth.generateRandomNonce()];
  const url = new URL(authorization_endpoint);
  const asked = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri(),
    scope: launch ? `${scopes} launch ${castScopes}` : scopes,
    aud: fhirBase(),
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(launch ? { launch } : {}),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, state, verifier, nonce };
}

/** Takes the answer to a request; throws Refused if it is no, or if it is not the answer to this request. */
export async function redeem(answer: URLSearchParams, { state, verifier, nonce }: Pending): Promise<Issued> {
  const as = await server();
  let parameters: URLSearchParams;
  try {
    parameters = oauth.validateAuthResponse(as, client, answer, state);
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw new Refused(error.error, error.error_description ?? "");
    throw new Refused("not-ours", "");
  }
  if (parameters.getAll("code").length !== 1 || parameters.get("code") === "") throw new Refused("not-ours", "");
  const response = await answered(oauth.authorizationCodeGrantRequest(as, client, oauth.None(), parameters, redirectUri(), verifier, how()));
  const said = await tokens(response, () => oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce, requireIdToken: true }));
  return { ...tokensOf(said), patient: text(said.patient), bannerElsewhere: said.need_patient_banner === false, epr: text(said.epr_name), ...topicOf(said) };
}

/** Where it hears of its EPR: FHIRcast STU3 §2.1. Only our own hub is believed. */
function topicOf(said: oauth.TokenEndpointResponse): Pick<Issued, "topic" | "event"> {
  const ours = text(said["hub.url"]) === hubUrl();
  return { topic: ours ? text(said["hub.topic"]) : "", event: ours ? text(said.hub_event) : "" };
}

/** Renews; null if the server refuses for good. */
export async function refresh(refreshToken: string): Promise<Tokens | null> {
  const as = await server();
  const response = await answered(oauth.refreshTokenGrantRequest(as, client, oauth.None(), refreshToken, how()));
  try {
    return tokensOf(await tokens(response, () => oauth.processRefreshTokenResponse(as, client, response)));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!["server_error", "temporarily_unavailable"].includes(error.code)) return null;
    throw new ApiError("Patchwork cannot renew your access at the moment. Try again", "UNAVAILABLE", response.headers.get("X-Request-Id") ?? "");
  }
}

/** RFC 7009: with the refresh token goes everything that came of it. */
export async function revoke(token: string): Promise<void> {
  const response = await answered(oauth.revocationRequest(await server(), client, oauth.None(), token, how()));
  await oauth.processRevocationResponse(response);
}

async function answered(request: Promise<Response>): Promise<Response> {
  try {
    return await request;
  } catch {
    throw new ApiError("Patchwork could not be reached. Check the network and try again", "NETWORK");
  }
}

/** Reads an answer of the token endpoint. */
async function tokens(response: Response, read: () => Promise<oauth.TokenEndpointResponse>): Promise<oauth.TokenEndpointResponse> {
  const request = response.headers.get("X-Request-Id") ?? "";
  try {
    return await read();
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) throw new Refused(error.error, error.error_description ?? "");
    if (error instanceof oauth.WWWAuthenticateChallengeError) throw new Refused("invalid_client", "");
    throw new ApiError(`The server answered ${response.status} and no token`, "UNREADABLE", request);
  }
}

function tokensOf(said: oauth.TokenEndpointResponse): Tokens {
  return { access: said.access_token, expires: Date.now() + (said.expires_in ?? 60) * 1000, refresh: said.refresh_token ?? "" };
}
