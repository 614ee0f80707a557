import { afterEach, beforeEach, vi } from "vitest";
import { browser } from "../history";
import type { Sent, TestServer } from "./server";

/* What /smart answers, as the server does; the browser's way there and back is the test's. */

const origin = () => window.location.origin;

export interface Authorize {
  /** Where the page went, in order. */
  readonly left: string[];
  /** The fields of the tokens; a launch adds to them. */
  token: Record<string, unknown>;
  /** How the browser comes back from an address; null: it does not. */
  come: ((asked: URL) => string) | null;
}

/** Comes back with a code, as the authorize page does for the user of a trusted app. */
export function withCode(asked: URL): string {
  return `/smart/callback?${new URLSearchParams({ code: "code-1", state: asked.searchParams.get("state") ?? "", iss: origin() }).toString()}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** An ID token: what the viewer compares is true, and its signature is nobody's (it came from the server itself). */
export function idToken(claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  return `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: origin(), aud: "patchwork-viewer", sub: "u1", iat: now, exp: now + 300, ...claims })}.${part({ none: true })}`;
}

/** A server that gives access to whoever asks. */
export function authorize(server: TestServer): Authorize {
  const told: Authorize = { left: [], token: {}, come: withCode };
  let nonce = "";
  beforeEach(() => {
    Object.defineProperty(window, "isSecureContext", { value: true, configurable: true });
    told.left.length = 0;
    told.token = {};
    told.come = withCode;
    let n = 0;
    server.answers.set("/fhir/.well-known/smart-configuration", {
      issuer: origin(),
      authorization_endpoint: `${origin()}/smart/authorize`,
      token_endpoint: `${origin()}/smart/token`,
      revocation_endpoint: `${origin()}/smart/revoke`,
    });
    server.answers.set("/smart/revoke", { status: 200, body: null });
    server.answers.set("/smart/token", ({ variables }: Sent) => {
      n++;
      const first = variables.grant_type === "authorization_code";
      return { access_token: `access-${n}`, token_type: "Bearer", expires_in: 600, scope: "openid", refresh_token: `refresh-${n}`, ...(first ? { id_token: idToken({ nonce }) } : {}), ...told.token };
    });
    vi.spyOn(browser, "leave").mockImplementation((url) => {
      told.left.push(url);
    });
    vi.spyOn(browser, "follow").mockImplementation((url) => {
      told.left.push(url);
      const asked = new URL(url, origin());
      nonce = asked.searchParams.get("nonce") ?? "";
      return told.come === null ? new Promise(() => undefined) : Promise.resolve(new URL(told.come(asked), origin()).href);
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return told;
}
