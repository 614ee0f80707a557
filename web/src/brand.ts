import { isObject, parse, text } from "./api/json";

/** How the region's viewer looks. The server writes it into the page (web/brand.go); it holds nothing of a patient. */
export interface Brand {
  /** What the region calls its record. */
  readonly name: string;
  /** The same for titles of windows. */
  readonly shortName: string;
  /** Beside Patchwork's own name only: a region's says itself what it is. */
  readonly what: string;
  /** Of the header, as #rrggbb; "" for the usual one. */
  readonly colour: string;
  /** Where its picture is; "" for none. */
  readonly logo: string;
  readonly supportText: string;
  readonly supportUrl: string;
  readonly help: string;
}

/** Reads the page; what is not as the server writes it is left out. */
export function brandOf(page: Pick<Document, "querySelector">): Brand {
  const given = parse(page.querySelector('meta[name="patchwork-brand"]')?.getAttribute("content") ?? "");
  const facts = isObject(given) ? given : {};
  const name = text(facts.name);
  const colour = text(facts.colour);
  const logo = text(facts.logo);
  return {
    name: name || "Patchwork",
    shortName: text(facts.shortName) || name || "Patchwork",
    what: name ? "" : "shared care record",
    colour: /^#[0-9a-f]{6}$/i.test(colour) ? colour : "",
    logo: /^\/brand\/logo-[0-9a-f]+\.(svg|png)$/.test(logo) ? logo : "",
    supportText: text(facts.supportText),
    supportUrl: leadsOut(text(facts.supportUrl)),
    help: leadsOut(text(facts.help)),
  };
}

function leadsOut(address: string): string {
  return /^(https:\/\/|mailto:)/.test(address) ? address : "";
}

export const brand: Brand = brandOf(document);

/** Gives the page the region's colour, by the style of the page itself: no style stands in the page's text. */
export function wear({ colour }: Brand): void {
  if (colour === "") return;
  document.documentElement.style.setProperty("--brand-solid", colour);
}

/** The title of a window: never a patient's name. */
export function titleOf(page: string): string {
  return `${page} – ${brand.shortName}`;
}
