/* Every address of the viewer. Never an NHS number, a name or a birth date: only opaque ids. */

export const paths = {
  find: "/",
  signIn: "/sign-in",
  sources: "/sources",
  patient: (id: string) => `/patient/${encodeURIComponent(id)}`,
} as const;

export type Route =
  | { readonly page: "find" }
  | { readonly page: "sign-in" }
  | { readonly page: "sources" }
  | { readonly page: "patient"; readonly id: string }
  | { readonly page: "nowhere" };

export function routeOf(pathname: string): Route {
  if (pathname === paths.find) return { page: "find" };
  if (pathname === paths.signIn) return { page: "sign-in" };
  if (pathname === paths.sources) return { page: "sources" };
  const id = /^\/patient\/([^/]+)$/.exec(pathname)?.[1];
  if (id === undefined) return { page: "nowhere" };
  try {
    return { page: "patient", id: decodeURIComponent(id) };
  } catch {
    return { page: "nowhere" };
  }
}
