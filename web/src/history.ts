/* The browser's own history is the only state of where we are. */

/** Tells of every move to another address of the viewer. */
export const moved = new EventTarget();

/** What the browser does and no test's page can. */
export const browser = {
  /** Leaves for another document, which takes this one's place in the history. */
  leave: (url: string): void => {
    window.location.replace(url);
  },
  /** Follows an address of our own server where the page would go, and stays; gives the address where it ended, "" if it went nowhere. */
  follow: async (url: string): Promise<string> => {
    try {
      const response = await fetch(url, { cache: "no-store", credentials: "same-origin", referrerPolicy: "no-referrer" });
      void response.body?.cancel();
      return response.url;
    } catch {
      return "";
    }
  },
};

export function navigate(path: string, how: "push" | "replace" = "push", state: unknown = null): void {
  if (how === "push") window.history.pushState(state, "", path);
  else window.history.replaceState(state, "", path);
  window.scrollTo(0, 0);
  moved.dispatchEvent(new Event("moved"));
}
