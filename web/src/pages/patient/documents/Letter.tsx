import { createElement, type ReactNode, useMemo } from "react";

/**
 * A letter in a frame without scripts, forms, origin or a way out. The server has already
 * taken out everything that could use them, and the page's policy forbids what is left.
 */
export function Letter({ bytes, title }: { readonly bytes: Uint8Array<ArrayBuffer>; readonly title: string }) {
  const page = useMemo(() => new TextDecoder("utf-8").decode(bytes), [bytes]);
  const printed = useMemo(() => words(page), [page]);
  return (
    <>
      <iframe className="pw-opened__letter" sandbox="" srcDoc={page} title={title} referrerPolicy="no-referrer" />
      <div className="pw-opened__printed" aria-hidden="true">
        {printed}
      </div>
    </>
  );
}

const kept = new Set(["h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "b", "i", "u", "s", "strong", "em", "small", "sub", "sup", "ins", "del", "pre", "code",
  "blockquote", "address", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"]);

/** A frame prints no more than what it shows: on paper the letter stands in the page itself, built anew from the few elements a letter may have. */
function words(page: string): ReactNode {
  const { body } = new DOMParser().parseFromString(page, "text/html");
  return children(body);
}

function children(of: Node): ReactNode[] {
  return [...of.childNodes].map((node, i) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent;
    const name = node.nodeName.toLowerCase();
    if (name === "br" || name === "hr") return createElement(name, { key: i });
    if (node.nodeType !== Node.ELEMENT_NODE || !kept.has(name)) return null;
    const inner = children(node).filter((c) => !/^t(able|head|body|foot|r)$/.test(name) || typeof c !== "string");
    return createElement(name, { key: i, ...spans(node as Element) }, ...inner);
  });
}

function spans(cell: Element): { colSpan?: number; rowSpan?: number } {
  const across = Number(cell.getAttribute("colspan"));
  const down = Number(cell.getAttribute("rowspan"));
  return { ...(across > 1 ? { colSpan: across } : {}), ...(down > 1 ? { rowSpan: down } : {}) };
}
