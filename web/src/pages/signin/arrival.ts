/* What the address of the sign-in page says when the browser arrives there. */

export interface Arrival {
  /** The code of a problem, `left` after signing out at the provider; "" for none. */
  readonly problem: string;
  /** The id of a login: where the problem was, or a hint from whoever sent the user. */
  readonly login: string;
  /** Leads the people who run the server to the cause; "" if it is not one of our ids. */
  readonly request: string;
}

export const noArrival: Arrival = { problem: "", login: "", request: "" };

/** Reads an address; anybody can make one, so that nothing of it is shown unless it has the shape of an id. */
export function arrivalOf(pathname: string, search: string): Arrival {
  if (pathname !== "/sign-in") return noArrival;
  const query = new URLSearchParams(search);
  const id = (name: string) => {
    const value = query.get(name) ?? "";
    return /^[A-Za-z0-9._-]{1,64}$/.test(value) ? value : "";
  };
  return { problem: query.has("problem") ? id("problem") || "unknown" : "", login: id("login"), request: id("request") };
}

/** The address as it stays: a problem is told once, and not again with every reload or bookmark. */
export function cleaned({ login }: Arrival): string {
  return login ? `/sign-in?login=${login}` : "/sign-in";
}
