/*
 * What is left of a picture when it may only be looked at: its shapes and words. It was drawn
 * of what systems hold, and nothing of that may load, link or run.
 */

const shapes = new Set(["svg", "g", "path", "text", "tspan", "line", "rect", "circle", "ellipse", "defs", "clipPath", "linearGradient", "stop"]);
const ways = new Set(
  (
    "d x y x1 y1 x2 y2 dx dy cx cy r rx ry width height viewBox transform fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit " +
    "opacity font-family font-size font-weight font-style text-anchor dominant-baseline clip-path id offset stop-color stop-opacity gradientUnits display pointer-events"
  ).split(" "),
);
const drawingSpace = "http://www.w3.org/2000/svg";

/** The picture as elements; null if it is none. */
export function pictureOf(text: string): SVGSVGElement | null {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const kept = keep(root);
  return kept instanceof SVGSVGElement ? kept : null;
}

function keep(from: Element): SVGElement | null {
  if (from.namespaceURI !== drawingSpace || !shapes.has(from.localName)) return null;
  const to = document.createElementNS(drawingSpace, from.localName);
  for (const { name, value } of from.attributes) {
    if (ways.has(name) && !(/url\(/i.test(value) && !/^url\(#[\w-]+\)$/.test(value))) to.setAttribute(name, value);
  }
  for (const child of from.childNodes) {
    if (child instanceof Element) {
      const kept = keep(child);
      if (kept !== null) to.append(kept);
    } else if (child.nodeType === Node.TEXT_NODE) to.append(child.textContent ?? "");
  }
  return to;
}
