import { formatDate } from "../../ui/dates";

/*
 * A date of birth as people type it, found in a text. The British order counts, day first;
 * where the figures could be read the other way round, or the century is left open, that is
 * said.
 */

export type Taken =
  | { readonly kind: "none" }
  /** `rest` is the text without it. */
  | { readonly kind: "date"; readonly date: string; readonly rest: string; readonly notes: readonly string[] }
  | { readonly kind: "wrong"; readonly problem: string; readonly rest: string };

const names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthWord = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const edge = "(?<![\\p{L}\\d/.-])";
const after = "(?![\\p{L}\\d/-])";

/** What was found: figures as typed, and which is which. */
interface Figures {
  readonly whole: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  /** Neither figure says by itself whether it is the day. */
  readonly numeric: boolean;
}

const forms: readonly (readonly [RegExp, (m: RegExpExecArray) => Figures])[] = [
  [new RegExp(`${edge}(\\d{4})[-/. ](\\d{1,2})[-/. ](\\d{1,2})${after}`, "iu"), (m) => figures(m, 3, 2, 1, false)],
  [new RegExp(`${edge}(\\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:of )?${monthWord}[-/., ]*(\\d{4}|\\d{2})${after}`, "iu"), (m) => figures(m, 1, 2, 3, false)],
  [new RegExp(`${edge}${monthWord}[-/. ]*(\\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\\d{4}|\\d{2})${after}`, "iu"), (m) => figures(m, 2, 1, 3, false)],
  [new RegExp(`${edge}(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${after}`, "u"), (m) => figures(m, 1, 3, 4, true)],
  [new RegExp(`${edge}(\\d{1,2}) (\\d{1,2}) (\\d{4}|\\d{2})${after}`, "u"), (m) => figures(m, 1, 2, 3, true)],
  [new RegExp(`${edge}(18[5-9]\\d|19\\d\\d|20\\d\\d)(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])${after}`, "u"), (m) => figures(m, 3, 2, 1, false)],
  [new RegExp(`${edge}(0[1-9]|[12]\\d|3[01])(0[1-9]|1[0-2])(18[5-9]\\d|19\\d\\d|20\\d\\d)${after}`, "u"), (m) => figures(m, 1, 2, 3, true)],
];

function figures(m: RegExpExecArray, day: number, month: number, year: number, numeric: boolean): Figures {
  return { whole: m[0], day: m[day] ?? "", month: m[month] ?? "", year: m[year] ?? "", numeric };
}

/** Finds a date of birth in a text; `today` is YYYY-MM-DD. */
export function takeDate(text: string, today: string): Taken {
  for (const [form, read] of forms) {
    const m = form.exec(text);
    if (m) return judged(read(m), text, today);
  }
  return { kind: "none" };
}

function judged(f: Figures, text: string, today: string): Taken {
  const rest = text.replace(f.whole, " ").replace(/\s+/g, " ").trim();
  const notes: string[] = [];
  const wrong = (problem: string): Taken => ({ kind: "wrong", problem, rest });
  let [day, month] = [Number(f.day), /^\d+$/.test(f.month) ? Number(f.month) : names.indexOf(f.month.slice(0, 3).toLowerCase()) + 1];
  const year = f.year.length === 2 ? century(f.year, today) : Number(f.year);
  if (f.numeric && month > 12 && day <= 12) {
    [day, month] = [month, day];
    notes.push("Read with the month first, because there is no such day otherwise");
  } else if (f.numeric && day <= 12 && month <= 12 && day !== month) {
    notes.push(`Read with the day first. If you mean ${formatDate(written(year, day, month))}, write ${spelled(month, day, year)}`);
  }
  if (f.year.length === 2) {
    const other = year >= 2000 ? year - 100 : year + 100;
    notes.push(`The year is read as ${year}${written(other, month, day) <= today && today.slice(0, 4) >= String(other) ? `. If you mean ${other}, write all four figures` : ""}`);
  }
  const date = written(year, month, day);
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date) return wrong(`${f.whole.trim()} is no day that exists`);
  if (date > today) return wrong(`${formatDate(date)} is in the future`);
  if (year < Number(today.slice(0, 4)) - 130) return wrong(`${formatDate(date)} is too long ago`);
  return { kind: "date", date, rest, notes };
}

/** The century of two figures: this one unless that lies in the future. */
function century(two: string, today: string): number {
  const year = 2000 + Number(two);
  return year > Number(today.slice(0, 4)) ? year - 100 : year;
}

function written(year: number, month: number, day: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function spelled(day: number, month: number, year: number): string {
  const name = names[month - 1] ?? "";
  return `${day} ${name.charAt(0).toUpperCase()}${name.slice(1)} ${year}`;
}
