/** Joins names as British English lists them: a, b and c. */
export function list(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1] ?? ""}`;
}

/** `1 section`, `2 sections`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** First letter upper case, for codes of closed sets shown as words. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Ends a source's sentence with a full stop if it has none. */
export function stop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** `in-progress` or `IN_PROGRESS` as people say it: In progress. */
export function coded(code: string): string {
  if (code.toLowerCase() === "gp") return "GP";
  return sentence(code.toLowerCase().replace(/[-_]+/g, " "));
}

/** `lastOccurrence` as people say it: last occurrence. */
export function fieldWords(name: string): string {
  return name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
}

/** How many characters somebody has written, without the blanks around them; as the server counts them. */
export function characters(text: string): number {
  return Array.from(text.trim()).length;
}

/** How long to wait, in the coarsest unit that says enough. */
export function inWords(seconds: number): string {
  return seconds <= 90 ? count(Math.max(1, Math.ceil(seconds)), "second") : count(Math.ceil(seconds / 60), "minute");
}

/** How long ago, in the coarsest unit that says enough. */
export function ago(seconds: number): string {
  if (seconds < 90) return "just now";
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} hours ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}
