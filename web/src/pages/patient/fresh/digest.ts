/* Digests of what is shown. They leave the browser; what they were made of does not. */

const bytes = 12; // 96 bits: 16 characters of base64url, as the server wants them

/** A short digest of a text. */
export async function digest(text: string): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...sum.slice(0, bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_");
}

/** When it was read is no part of what a statement says. */
const passing: readonly string[] = ["retrieved", "asOf", "ageSeconds", "tookMilliseconds"];

/** What a statement says, as a text that is the same for the same: in one order, without what is not said and without times of reading. */
export function said(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(said).join(",")}]`;
  if (typeof value !== "object" || value === null) return value === undefined ? "null" : JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([key, v]) => v !== null && v !== undefined && !passing.includes(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${said(v)}`).join(",")}}`;
}
