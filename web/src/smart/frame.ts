/** Reports whether the page stands in another one's frame, as in an EPR; nobody signs in there. */
export function inFrame(): boolean {
  return window.self !== window.top;
}
