/* Every address of the viewer. Never an NHS number, a name or a birth date: only opaque ids. */

export const paths = {
  find: "/",
  signIn: "/sign-in",
  sources: "/sources",
  status: "/status",
  usage: "/usage",
  source: (id: string) => `/sources/${encodeURIComponent(id)}`,
  reviews: "/reviews",
  linking: "/linking",
  policies: "/policies",
  administration: (part: AdministrationPart) => `/administration/${part}`,
  newClient: "/administration/clients/new",
  client: (id: string) => `/administration/clients/${encodeURIComponent(id)}`,
  role: "/role",
  sessions: "/sessions",
  confirmed: "/confirmed",
  launch: "/launch",
  callback: "/smart/callback",
  approve: "/approve",
  patient: (id: string, part: PatientPart = "summary") => `/patient/${encodeURIComponent(id)}${part === "summary" ? "" : `/${part}`}`,
  links: (id: string) => `/patients/${encodeURIComponent(id)}/links`,
  lists: "/lists",
  newList: "/lists/new",
  teams: "/teams",
  list: (id: string) => `/lists/${encodeURIComponent(id)}`,
  addToList: (id: string) => `/lists/${encodeURIComponent(id)}/add`,
  views: "/views",
  newView: "/views/new",
  view: (id: string) => `/views/${encodeURIComponent(id)}`,
  editView: (id: string) => `/views/${encodeURIComponent(id)}/edit`,
  viewRun: (id: string) => `/views/runs/${encodeURIComponent(id)}`,
  viewChanges: (id: string) => `/views/runs/${encodeURIComponent(id)}/changes`,
  looks: (id: string) => `/patients/${encodeURIComponent(id)}/looks`,
} as const;

/** The parts of the administration of sign-in. */
const administrationParts = ["organisations", "logins", "users", "roles", "sessions", "clients", "launch-test", "off"] as const;
export type AdministrationPart = (typeof administrationParts)[number];

/** The parts of one person's record: the first page, and what has a page of its own. */
export const patientParts = ["summary", "timeline", "results", "documents", "plans"] as const;
export type PatientPart = (typeof patientParts)[number];

/** The way to an organisation's own sign-in page, and back; `again` has the user of the session show once more that it is them, `fresh` asks whoever comes, whomever the organisation remembers. */
export function startAt(login: string, back: string, how?: "again" | "fresh"): string {
  return `/auth/start/${encodeURIComponent(login)}?back=${encodeURIComponent(back)}${how ? `&${how}=1` : ""}`;
}

export type Route =
  | { readonly page: "find" }
  | { readonly page: "sign-in" }
  | { readonly page: "sources" }
  | { readonly page: "status" }
  | { readonly page: "usage" }
  | { readonly page: "source"; readonly id: string }
  | { readonly page: "reviews" }
  | { readonly page: "linking" }
  | { readonly page: "policies" }
  | { readonly page: "administration"; readonly part: AdministrationPart }
  | { readonly page: "new-client" }
  | { readonly page: "client"; readonly id: string }
  | { readonly page: "role" }
  | { readonly page: "sessions" }
  | { readonly page: "confirmed" }
  | { readonly page: "launch" }
  | { readonly page: "callback" }
  | { readonly page: "approve" }
  | { readonly page: "patient"; readonly id: string; readonly part: PatientPart }
  | { readonly page: "looks"; readonly id: string }
  | { readonly page: "links"; readonly id: string }
  | { readonly page: "lists" }
  | { readonly page: "new-list" }
  | { readonly page: "teams" }
  | { readonly page: "list"; readonly id: string }
  | { readonly page: "add-to-list"; readonly id: string }
  | { readonly page: "views" }
  | { readonly page: "design-view"; readonly id: string | null }
  | { readonly page: "view"; readonly id: string }
  | { readonly page: "view-run"; readonly id: string }
  | { readonly page: "view-changes"; readonly id: string }
  | { readonly page: "nowhere" };

export function routeOf(pathname: string): Route {
  switch (pathname) {
    case paths.find:
      return { page: "find" };
    case paths.signIn:
      return { page: "sign-in" };
    case paths.sources:
      return { page: "sources" };
    case paths.usage:
      return { page: "usage" };
    case paths.status:
      return { page: "status" };
    case paths.reviews:
      return { page: "reviews" };
    case paths.linking:
      return { page: "linking" };
    case paths.policies:
      return { page: "policies" };
    case paths.newClient:
      return { page: "new-client" };
    case paths.lists:
      return { page: "lists" };
    case paths.newList:
      return { page: "new-list" };
    case paths.teams:
      return { page: "teams" };
    case paths.views:
      return { page: "views" };
    case paths.newView:
      return { page: "design-view", id: null };
    case paths.role:
      return { page: "role" };
    case paths.sessions:
      return { page: "sessions" };
    case paths.confirmed:
      return { page: "confirmed" };
    case paths.launch:
      return { page: "launch" };
    case paths.callback:
      return { page: "callback" };
    case paths.approve:
      return { page: "approve" };
  }
  const part = administrationParts.find((p) => pathname === paths.administration(p));
  if (part !== undefined) return { page: "administration", part };
  return (
    aboutPatient(pathname) ??
    about("source", /^\/sources\/([^/]+)$/.exec(pathname)) ??
    about("looks", /^\/patients\/([^/]+)\/looks$/.exec(pathname)) ??
    about("links", /^\/patients\/([^/]+)\/links$/.exec(pathname)) ??
    about("list", /^\/lists\/([^/]+)$/.exec(pathname)) ??
    about("add-to-list", /^\/lists\/([^/]+)\/add$/.exec(pathname)) ??
    about("view-run", /^\/views\/runs\/([^/]+)$/.exec(pathname)) ??
    about("view-changes", /^\/views\/runs\/([^/]+)\/changes$/.exec(pathname)) ??
    about("view", /^\/views\/([^/]+)$/.exec(pathname)) ??
    about("design-view", /^\/views\/([^/]+)\/edit$/.exec(pathname)) ??
    about("client", /^\/administration\/clients\/([^/]+)$/.exec(pathname)) ?? { page: "nowhere" }
  );
}

/** A part of one person's record. */
function aboutPatient(pathname: string): Route | null {
  const match = /^\/patient\/([^/]+)(?:\/([a-z]+))?$/.exec(pathname);
  const part = patientParts.find((p) => p === (match?.[2] ?? "summary"));
  const id = idOf(match);
  // The summary has one address.
  return id === null || part === undefined || match?.[2] === "summary" ? null : { page: "patient", id, part };
}

/** A page about one source, person, list, view or client; null if the address is not one, or its id cannot be read. */
function about(page: "source" | "looks" | "links" | "client" | "list" | "add-to-list" | "view" | "view-run" | "view-changes" | "design-view", match: RegExpExecArray | null): Route | null {
  const id = idOf(match);
  return id === null ? null : { page, id };
}

function idOf(match: RegExpExecArray | null): string | null {
  if (match?.[1] === undefined) return null;
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return null;
  }
}
