import { expect, test } from "vitest";
import { actsAsSomebody, blank, type Draft, inputOf, missing, scopesOf, words } from "./draft";

const app: Draft = { ...blank, kind: "app", name: " Growth charts ", method: "NONE", redirectUris: " https://app.example/a\n\nhttps://app.example/b ", scopes: "openid launch\npatient/*.rs" };
const epr: Draft = { ...blank, kind: "epr", name: "EPR", jwksUrl: "https://epr.example/jwks", apps: ["a1"], organisations: "RRV01 RRV02", logins: ["local"], scopes: "patchwork/launch" };

test("blanks and line ends stand between words", () => {
  expect(words(" a\n b\tc ")).toEqual(["a", "b", "c"]);
  expect(words(" ")).toEqual([]);
});

test("offline access is there only if it is ticked", () => {
  expect(scopesOf({ ...app, scopes: "openid offline_access" })).toEqual(["openid"]);
  expect(scopesOf({ ...app, scopes: "openid offline_access", offline: true })).toEqual(["openid", "offline_access"]);
  expect(scopesOf({ ...epr, offline: true })).toEqual(["patchwork/launch"]);
});

test("of each kind only what it has is sent", () => {
  expect(inputOf({ ...app, jwks: "left over", apps: ["a1"], role: "gp", organisation: "RRV01" })).toEqual({
    name: "Growth charts",
    method: "NONE",
    redirectUris: ["https://app.example/a", "https://app.example/b"],
    launchUrl: null,
    scopes: ["openid", "launch", "patient/*.rs"],
    trusted: false,
    jwks: null,
    jwksUrl: null,
    position: null,
    launching: null,
  });
  const sent = inputOf({ ...epr, redirectUris: "https://left.example/", trusted: true, origins: "https://epr.example" });
  expect(sent).toMatchObject({ method: "PRIVATE_KEY_JWT", redirectUris: [], trusted: false, jwksUrl: "https://epr.example/jwks", jwks: null });
  expect(sent.launching).toEqual({ apps: ["a1"], organisations: ["RRV01", "RRV02"], logins: ["local"], origins: ["https://epr.example"], trust: false, prefill: false });
  expect(inputOf({ ...epr, kind: "service", scopes: "system/Patient.rs", role: "analyst", organisation: "RRV01" }).position).toEqual({ role: "analyst", organisation: "RRV01" });
});

test.each<[string, Draft, string[]]>([
  ["nothing chosen", blank, ["kind"]],
  ["an empty app", { ...blank, kind: "app" }, ["name", "method", "redirectUris", "scopes"]],
  ["a whole app", app, []],
  ["an app with a key that is missing", { ...app, method: "PRIVATE_KEY_JWT", keysBy: "set" }, ["jwks"]],
  ["a whole EPR", epr, []],
  ["an EPR that opens nothing", { ...epr, apps: [], organisations: "", logins: [] }, ["apps", "organisations", "logins"]],
  ["a service that acts as nobody", { ...epr, kind: "service", scopes: "system/*.rs" }, ["role", "organisation"]],
  ["a service that reads nothing", { ...epr, kind: "service" }, []],
])("%s", (_, draft, fields) => {
  expect(missing(draft).map((m) => m.field)).toEqual(fields);
});

test("only what has system scopes acts as somebody", () => {
  expect(actsAsSomebody({ ...epr, scopes: "patchwork/launch system/Patient.r" })).toBe(true);
  expect(actsAsSomebody(epr)).toBe(false);
  expect(actsAsSomebody({ ...app, scopes: "system/Patient.r" })).toBe(false);
});
