/*
 * Which organisation was chosen on this computer: the login's id and nothing else. A
 * browser that keeps nothing is no reason not to sign in.
 */

const kept = "patchwork-login";
const notKept = "patchwork-login-not-kept";

/** The id of the login that was chosen last; "" if none is remembered. */
export function remembered(): string {
  return quietly(() => localStorage.getItem(kept)) ?? "";
}

/** Remembers the choice, unless somebody asked in this tab not to. */
export function remember(login: string): void {
  if (login === "" || asksNotTo()) return;
  quietly(() => {
    localStorage.setItem(kept, login);
  });
}

export function forget(): void {
  quietly(() => {
    localStorage.removeItem(kept);
  });
}

/** Whether the choice is not to be remembered; it is asked before the way to the provider and holds after the way back. */
export function asksNotTo(): boolean {
  return quietly(() => sessionStorage.getItem(notKept)) === "1";
}

export function askNotTo(not: boolean): void {
  quietly(() => {
    if (not) sessionStorage.setItem(notKept, "1");
    else sessionStorage.removeItem(notKept);
  });
  if (not) forget();
}

/** Browsers may refuse storage altogether. */
function quietly<T>(deed: () => T): T | null {
  try {
    return deed();
  } catch {
    return null;
  }
}
