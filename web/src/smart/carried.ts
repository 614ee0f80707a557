import { isObject, parse, text } from "../api/json";
import { inFrame } from "./frame";

/*
 * A browser that lets a frame keep nothing still carries the frame's name along from page
 * to page. What has to come back from the authorize page goes with it, for a moment, and
 * never a token: whatever page the frame is sent to next can read its name.
 */

const mark = "patchwork-going:";

/** Lets the frame carry it; false where there is no frame. */
export function carry(what: string): boolean {
  if (!inFrame()) return false;
  const own = read()?.name ?? window.name;
  window.name = mark + JSON.stringify({ what, name: own });
  return true;
}

/** What the frame carries; "" for nothing. */
export function carried(): string {
  return read()?.what ?? "";
}

/** The frame has its own name again, by which the EPR may know it. */
export function putDown(): void {
  const was = read();
  if (was !== null) window.name = was.name;
}

function read(): { readonly what: string; readonly name: string } | null {
  if (!window.name.startsWith(mark)) return null;
  const kept = parse(window.name.slice(mark.length));
  return isObject(kept) ? { what: text(kept.what), name: text(kept.name) } : { what: "", name: "" };
}
