import { formatDate } from "../../ui/dates";
import { formatNHSNumber } from "../../ui/nhsNumber";
import { takeDate } from "./typedDate";

/*
 * What somebody typed into the one search box, understood. Nothing is guessed silently: what
 * could be read in another way is said. It decides nothing: the server has the last word.
 */

/** What was understood, with what should be said of it. */
export type Understood =
  | { readonly kind: "nothing" }
  | { readonly kind: "number"; readonly nhsNumber: string; readonly words: string; readonly notes: readonly string[] }
  | { readonly kind: "local"; readonly localNumber: string; readonly at: string; readonly words: string; readonly notes: readonly string[] }
  | { readonly kind: "name"; readonly query: NameQuery; readonly words: string; readonly notes: readonly string[] }
  /** Something is missing or wrong; `words` says what is understood so far. */
  | { readonly kind: "problem"; readonly problem: string; readonly words: string };

export interface NameQuery {
  readonly familyName: string;
  readonly birthDate: string;
  readonly givenName?: string;
  readonly postcode?: string;
  readonly gender?: string;
}

const postcodes = /(?:^|[\s,])([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})(?=$|[\s,])/i;
const labels = /\b(?:n\.?h\.?s\.?\s*(?:no\.?|number|#)|nhs|d\.?\s?o\.?\s?b\.?|date of birth|born(?: on)?|b\.(?=\s*\d)|postcode|name)(?=$|[\s:.\d,])\s*[:.]?/gi;
const titles = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "dame", "lady", "lord", "master"];
/** Titles, and a word for gender, that are family names too. */
const alsoNames = ["lord", "master", "lady", "dame", "man"];
const genders: Readonly<Record<string, string>> = { male: "male", female: "female", man: "male", woman: "female" };
/** Words that go on with the next one: van der Berg. */
const particles = ["van", "von", "der", "den", "de", "da", "di", "del", "della", "dos", "du", "la", "le", "al", "el", "bin", "ibn", "ben", "st", "ter", "ten"];

/** Understands what was typed; `today` is YYYY-MM-DD. */
export function understand(typed: string, today: string): Understood {
  const text = typed.normalize("NFC").replace(/\s+/g, " ").trim();
  if (text === "") return { kind: "nothing" };
  if (/[*%?]/.test(text)) return problem("Wildcards are not searched for. Leave out *, % and ?; similar names are found without them");
  const at = text.indexOf("@");
  if (at >= 0) return localNumber(text.slice(0, at).trim(), text.slice(at + 1).trim());
  const bare = text.replace(labels, " ").replace(/\s+/g, " ").trim();
  return numberIn(bare) ?? localIn(bare) ?? nameIn(bare, today);
}

function problem(text: string, words = ""): Understood {
  return { kind: "problem", problem: text, words };
}

/** Ten digits, alone or beside a name, are an NHS number: it finds one person without the rest. */
function numberIn(text: string): Understood | null {
  const found = /(?:^|[^\d/.-])(\d{3}[ -]?\d{3}[ -]?\d{4})(?![\d/.-])/.exec(text);
  const digits = found?.[1]?.replace(/[ -]/g, "");
  if (found === null || digits === undefined) {
    const only = text.replace(/[ -]/g, "");
    if (/^\d+$/.test(only) && only.length > 10) return problem(`An NHS number has 10 digits, and this has ${only.length}`);
    return null;
  }
  const rest = text.replace(found[1] ?? "", " ").trim();
  const notes = [];
  if (/[\p{L}\d]/u.test(rest)) notes.push("The number finds one person: the rest is not used");
  if (!fitsCheckDigit(digits)) notes.push("The last digit does not fit the others: check the number");
  return { kind: "number", nhsNumber: digits, words: `NHS number ${formatNHSNumber(digits)}`, notes };
}

/** NHS Data Dictionary: modulus 11. */
function fitsCheckDigit(digits: string): boolean {
  const sum = Array.from(digits.slice(0, 9)).reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}

/** One word of letters and digits, or digits alone: a number of some organisation. */
function localIn(text: string): Understood | null {
  const digits = text.replace(/[ -]/g, "");
  if (/^\d+$/.test(digits) && takeDate(text, "9999-12-31").kind === "none") {
    return localNumber(text, "", [`An NHS number has 10 digits, and this has ${digits.length}`]);
  }
  if (/^[a-z]*[-/]?\d[a-z\d/-]*$/i.test(text) && /[a-z]/i.test(text) && /\d{3}/.test(text) && !postcodes.test(text)) return localNumber(text, "");
  return null;
}

function localNumber(number: string, at: string, notes: readonly string[] = []): Understood {
  if (number.length < 2) return problem("Enter the local number before the @");
  return { kind: "local", localNumber: number, at, words: `local number ${number}`, notes };
}

function nameIn(text: string, today: string): Understood {
  const taken = takeDate(text, today);
  let rest = taken.kind === "none" ? text : taken.rest;
  const found = postcodes.exec(rest);
  const postcode = found ? `${found[1] ?? ""} ${found[2] ?? ""}`.toUpperCase() : "";
  if (found) rest = rest.replace(found[0], " ");
  const name = nameOf(rest);
  const parts = [
    name.family ? `family name ${name.family.toUpperCase()}` : "",
    name.given ? `given name ${name.given}` : "",
    taken.kind === "date" ? `born ${formatDate(taken.date)}` : "",
    name.gender,
    postcode ? `postcode ${postcode}` : "",
  ];
  const words = parts.filter(Boolean).join(", ");
  if (/\d/.test(name.family + name.given)) return problem(`“${name.odd}” is not understood. Write a date of birth such as 12/3/1956`, "");
  if (taken.kind === "wrong") return problem(taken.problem, words);
  if (name.family === "") return problem(postcode && taken.kind === "none" ? "A postcode alone finds nobody. Add the family name and the date of birth" : "Add the family name", words);
  if (letters(name.family) < 2) return problem("A family name has at least two letters", words);
  if (taken.kind === "none") return problem("Add the date of birth, such as 12/3/1956", words);
  const query: NameQuery = {
    familyName: name.family,
    birthDate: taken.date,
    ...(name.given ? { givenName: name.given } : {}),
    ...(postcode ? { postcode } : {}),
    ...(name.gender ? { gender: name.gender } : {}),
  };
  return { kind: "name", query, words, notes: [...taken.notes, ...name.notes] };
}

interface Name {
  readonly family: string;
  readonly given: string;
  readonly gender: string;
  /** The word that is no name. */
  readonly odd: string;
  /** What could be read in another way. */
  readonly notes: readonly string[];
}

/** The family name stands first, before a comma, or alone in capitals. */
function nameOf(text: string): Name {
  const [before = "", after] = text.split(/,(.*)/s).map((part) => part.trim());
  let gender = "";
  const notes: string[] = [];
  const wordsOf = (part: string) => {
    const words = part
      .split(/[\s,;:]+/)
      .map((word) => word.replace(/^[^\p{L}\p{M}\d]+|[^\p{L}\p{M}\d]+$/gu, ""))
      .filter((word) => word !== "");
    // What stands before a comma alone is the family name: Lord, John.
    if (after && part === before && words.length === 1) return words;
    return words.filter((word) => {
      const plain = word.toLowerCase();
      const left = genders[plain] !== undefined || titles.includes(plain);
      if (genders[plain]) gender = genders[plain];
      if (left && alsoNames.includes(plain)) notes.push(`“${word}” is not read as a name. If it is the family name, write it first with a comma: ${word}, …`);
      return !left;
    });
  };
  const first = wordsOf(before);
  const second = wordsOf(after ?? "");
  const odd = [...first, ...second].find((word) => /\d/.test(word)) ?? "";
  if (first.length > 0 && second.length > 0) return { family: first.join(" "), given: second.join(" "), gender, odd, notes };
  const all = [...first, ...second];
  const capitals = all.filter((word) => letters(word) > 1 && word === word.toUpperCase() && word !== word.toLowerCase());
  const [only] = capitals;
  if (only !== undefined && capitals.length === 1 && all.length > 1) {
    const given = all.filter((word) => word !== only).join(" ");
    if (letters(only) <= 3 && all[0] !== only) notes.push(`“${only}” is read as the family name because of its capitals. If these are initials, write ${given}, ${only}`);
    return { family: only, given, gender, odd, notes };
  }
  let end = 1;
  while (end < all.length && particles.includes((all[end - 1] ?? "").toLowerCase())) end++;
  return { family: all.slice(0, end).join(" "), given: all.slice(end).join(" "), gender, odd, notes };
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}
