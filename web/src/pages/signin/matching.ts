import type { Login } from "../../api";

/* Finding one's organisation by what is typed. It stays in the page: nothing of it is sent or kept. */

/** A login that fits, and those of its organisations that made it fit. */
export interface Match {
  readonly login: Login;
  /** Organisations to show beside its name, at most three. */
  readonly shown: readonly string[];
}

const mostShown = 3;

/** The logins that fit, in their order; all of them if nothing is typed. */
export function matching(logins: readonly Login[], typed: string): Match[] {
  const text = plain(typed);
  if (text === "") return logins.map((login) => match(login, []));
  if (text.includes("@")) return logins.filter((login) => hasDomain(login, text.slice(text.lastIndexOf("@") + 1))).map((login) => match(login, []));
  const words = text.split(" ");
  return logins.flatMap((login) => {
    const organisations = login.organisations.filter((o) => fits(`${o.name} ${o.ods}`, words)).map((o) => o.name);
    const fitting = organisations.length > 0 || fits(login.name, words) || login.domains.some((d) => d.startsWith(text));
    return fitting ? [match(login, organisations)] : [];
  });
}

function match(login: Login, found: readonly string[]): Match {
  const names = found.length > 0 ? found : login.organisations.map((o) => o.name);
  return { login, shown: names.filter((name) => name !== "" && name !== login.name).slice(0, mostShown) };
}

/** Every word is the beginning of a word. */
function fits(name: string, words: readonly string[]): boolean {
  const parts = plain(name).split(" ");
  return words.every((word) => parts.some((part) => part.startsWith(word)));
}

/** What has been typed of a domain so far, or a domain below one that is listed. */
function hasDomain(login: Login, typed: string): boolean {
  return login.domains.some((d) => (typed !== "" && d.startsWith(typed)) || typed.endsWith(`.${d}`));
}

/** Small letters without accents, one blank between words. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’'`]/g, "").replace(/[\s,()–-]+/g, " ").trim();
}
