import type { BrowserContext } from "playwright-core";

/* What a payload does when it runs or loads: it calls patchworkRan, or asks another host or an address that nothing of ours has. */

/** Notes, from now on, whatever any page of the context does that text must not do. */
export async function watch(context: BrowserContext, origin: string): Promise<string[]> {
  const seen: string[] = [];
  await context.exposeFunction("patchworkSaw", (what: string) => seen.push(what));
  await context.addInitScript(() => {
    const saw = (what: string) => {
      (window as unknown as { patchworkSaw: (what: string) => void }).patchworkSaw(what);
    };
    const ran = (n: unknown) => {
      saw(`payload ${String(n)} ran`);
    };
    // The old PAS writes names in capitals, payloads and all.
    Object.assign(window, { patchworkRan: ran, PATCHWORKRAN: ran });
    document.addEventListener("securitypolicyviolation", (event) => {
      saw(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== "about:") seen.push(`asked ${request.url().slice(0, 100)}`);
    // An address made of a text: <img src=x> asks our own server.
    else if (/\/x$|hostile|patchworkRan/i.test(url.pathname)) seen.push(`asked ${url.pathname}`);
  });
  context.on("dialog", (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) seen.push(message.text());
  });
  context.on("weberror", (error) => seen.push(`script: ${error.error().message}`));
  return seen;
}
