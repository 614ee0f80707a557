/** How long a page that is being left may hold on. */
const patience = 500;

/**
 * Claims a grant for this page as long as it lives; false if another page has it. A tab
 * that is duplicated brings a copy of what the first one keeps, and a refresh token used by
 * both would end the grant (RFC 9700 §4.14.2).
 */
export function sole(id: string): Promise<boolean> {
  // Without Web Locks the context is not secure, and then there is no grant either.
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const held = () => {
      resolve(true);
      return new Promise<never>(() => undefined); // until the page goes
    };
    navigator.locks.request(`patchwork-grant-${id}`, { signal: AbortSignal.timeout(patience) }, held).catch(() => {
      resolve(false);
    });
  });
}
