import { describe, expect, test } from "vitest";
import { type Understood, understand } from "./understand";

const today = "2026-11-27";
const read = (typed: string): Understood => understand(typed, today);

/** A reading in one line, for tables. */
function line(typed: string): string {
  const u = read(typed);
  if (u.kind === "nothing") return "";
  if (u.kind === "problem") return `! ${u.problem}`;
  return u.words;
}

describe("NHS numbers", () => {
  test.each([
    ["485 777 3456", "NHS number 485 777 3456"],
    ["4857773456", "NHS number 485 777 3456"],
    ["485-777-3456", "NHS number 485 777 3456"],
    [" NHS No. 485 777 3456 ", "NHS number 485 777 3456"],
    ["nhs number: 4857773456", "NHS number 485 777 3456"],
    ["smith 485 777 3456", "NHS number 485 777 3456"],
    ["485 777 34567", "! An NHS number has 10 digits, and this has 11"],
  ])("%s", (typed, want) => {
    expect(line(typed)).toBe(want);
  });

  test("a wrong check digit is said, and still is the server's to refuse", () => {
    expect(read("485 777 3456")).toMatchObject({ kind: "number", nhsNumber: "4857773456", notes: ["The last digit does not fit the others: check the number"] });
    expect(read("485 777 3457")).toMatchObject({ notes: [] });
  });

  test("what stands beside a number is not used, and that is said", () => {
    expect(read("Smith 485 777 3457")).toMatchObject({ notes: ["The number finds one person: the rest is not used"] });
    expect(read("485 777 3457 12/3/1956")).toMatchObject({ notes: ["The number finds one person: the rest is not used"] });
  });
});

describe("names with a date of birth", () => {
  test.each([
    ["smith 12/3/1956", "family name SMITH, born 12-Mar-1956"],
    ["smith 12/03/1956", "family name SMITH, born 12-Mar-1956"],
    ["smith 12.3.1956", "family name SMITH, born 12-Mar-1956"],
    ["smith 12-3-1956", "family name SMITH, born 12-Mar-1956"],
    ["smith 12 3 1956", "family name SMITH, born 12-Mar-1956"],
    ["smith 12031956", "family name SMITH, born 12-Mar-1956"],
    ["smith 19560312", "family name SMITH, born 12-Mar-1956"],
    ["smith 1956-03-12", "family name SMITH, born 12-Mar-1956"],
    ["smith 1956/3/12", "family name SMITH, born 12-Mar-1956"],
    ["12 Mar 1956 smith", "family name SMITH, born 12-Mar-1956"],
    ["12 March 1956, smith", "family name SMITH, born 12-Mar-1956"],
    ["12th of March 1956 smith", "family name SMITH, born 12-Mar-1956"],
    ["smith 12mar1956", "family name SMITH, born 12-Mar-1956"],
    ["smith 12-Mar-1956", "family name SMITH, born 12-Mar-1956"],
    ["smith March 12, 1956", "family name SMITH, born 12-Mar-1956"],
    ["smith dob 12/3/1956", "family name SMITH, born 12-Mar-1956"],
    ["smith D.O.B.: 12/3/1956", "family name SMITH, born 12-Mar-1956"],
    ["smith born 12/3/56", "family name SMITH, born 12-Mar-1956"],
    ["O'Neil John 1956-03-12", "family name O'NEIL, given name John, born 12-Mar-1956"],
    ["O’Neil John 1956-03-12", "family name O’NEIL, given name John, born 12-Mar-1956"],
    ["O'Neil, John 1956-03-12", "family name O'NEIL, given name John, born 12-Mar-1956"],
    ["John O'NEIL 1956-03-12", "family name O'NEIL, given name John, born 12-Mar-1956"],
    ["SMITH-JONES, Anna (Mrs) 25/12/1980", "family name SMITH-JONES, given name Anna, born 25-Dec-1980"],
    ["Lord, John 25/12/1980", "family name LORD, given name John, born 25-Dec-1980"],
    ["Man, Wai 25/12/1980", "family name MAN, given name Wai, born 25-Dec-1980"],
    ["Smith, Mr John 25/12/1980", "family name SMITH, given name John, born 25-Dec-1980"],
    ["Mrs Smith 25/12/1980", "family name SMITH, born 25-Dec-1980"],
    ["van der Berg Jan 25/12/1980", "family name VAN DER BERG, given name Jan, born 25-Dec-1980"],
    ["de Souza 25/12/1980", "family name DE SOUZA, born 25-Dec-1980"],
    ["Smith J 25/12/1980", "family name SMITH, given name J, born 25-Dec-1980"],
    ["smith john paul 25/12/1980", "family name SMITH, given name john paul, born 25-Dec-1980"],
    ["smith 25/12/1980 female", "family name SMITH, born 25-Dec-1980, female"],
    ["smith 25/12/1980 ab1 2cd", "family name SMITH, born 25-Dec-1980, postcode AB1 2CD"],
    ["smith 25/12/1980 SW1A1AA", "family name SMITH, born 25-Dec-1980, postcode SW1A 1AA"],
    ["Wiśniewska Zofia 2001-01-31", "family name WIŚNIEWSKA, given name Zofia, born 31-Jan-2001"],
    ["may 25/12/1980", "family name MAY, born 25-Dec-1980"],
    ["march 12/3/1956", "family name MARCH, born 12-Mar-1956"],
    ["june smith 25/12/1980", "family name JUNE, given name smith, born 25-Dec-1980"],
    ["smith 29/2/2004", "family name SMITH, born 29-Feb-2004"],
  ])("%s", (typed, want) => {
    expect(line(typed)).toBe(want);
  });

  test("what is asked for", () => {
    expect(read("O'Neil John 1956-03-12 WM1 4ST male")).toMatchObject({
      kind: "name",
      query: { familyName: "O'Neil", givenName: "John", birthDate: "1956-03-12", postcode: "WM1 4ST", gender: "male" },
    });
    expect(read("smith 25/12/1980")).toMatchObject({ query: { familyName: "smith", birthDate: "1980-12-25" }, notes: [] });
  });
});

describe("what could be read in another way is said", () => {
  test.each([
    ["smith 12/3/1956", ["Read with the day first. If you mean 03-Dec-1956, write 3 Dec 1956"]],
    ["smith 3/3/1956", []],
    ["smith 13/3/1956", []],
    ["smith 12 Mar 1956", []],
    ["smith 1956-03-12", []],
    ["smith 3/25/1956", ["Read with the month first, because there is no such day otherwise"]],
    ["smith 25/3/56", ["The year is read as 1956"]],
    ["lord john 25/3/1956", ["“lord” is not read as a name. If it is the family name, write it first with a comma: lord, …"]],
    ["Lord, John 25/3/1956", []],
    ["Man Wai 25/3/1956", ["“Man” is not read as a name. If it is the family name, write it first with a comma: Man, …"]],
    ["Smith JR 25/3/1956", ["“JR” is read as the family name because of its capitals. If these are initials, write Smith, JR"]],
    ["John SMITH 25/3/1956", []],
    ["smith 25/3/12", ["The year is read as 2012. If you mean 1912, write all four figures"]],
  ])("%s", (typed, notes) => {
    expect(read(typed)).toMatchObject({ kind: "name", notes });
  });
});

describe("what cannot be searched for", () => {
  test.each([
    ["", ""],
    ["   ", ""],
    ["smith", "! Add the date of birth, such as 12/3/1956"],
    ["smith john", "! Add the date of birth, such as 12/3/1956"],
    ["12/3/1956", "! Add the family name"],
    ["12 3 1956", "! Add the family name"],
    ["WM1 4ST", "! A postcode alone finds nobody. Add the family name and the date of birth"],
    ["smith 31/2/1956", "! 31/2/1956 is no day that exists"],
    ["smith 29/2/2003", "! 29/2/2003 is no day that exists"],
    ["smith 25/12/2026", "! 25-Dec-2026 is in the future"],
    ["smith 25/12/1850", "! 25-Dec-1850 is too long ago"],
    ["s 12/3/1956", "! A family name has at least two letters"],
    ["smi* 12/3/1956", "! Wildcards are not searched for. Leave out *, % and ?; similar names are found without them"],
    ["smith 1956", "! “1956” is not understood. Write a date of birth such as 12/3/1956"],
    ["smith 32/13/1956", "! 32/13/1956 is no day that exists"],
  ])("%s", (typed, want) => {
    expect(line(typed)).toBe(want);
  });

  test("what is understood so far stays in sight", () => {
    expect(read("smith john")).toMatchObject({ words: "family name SMITH, given name john" });
    expect(read("12/3/1956")).toMatchObject({ words: "born 12-Mar-1956" });
  });
});

describe("local numbers", () => {
  test.each([
    ["MRN123 @ hospital", "MRN123", "hospital"],
    ["H1204118", "H1204118", ""],
    ["SC-10024", "SC-10024", ""],
    ["12345@gp", "12345", "gp"],
    ["12345", "12345", ""],
    ["123 456", "123 456", ""],
  ])("%s", (typed, number, at) => {
    expect(read(typed)).toMatchObject({ kind: "local", localNumber: number, at });
  });

  test("figures that are no NHS number yet are said to be none", () => {
    expect(read("48577734")).toMatchObject({ kind: "local", notes: ["An NHS number has 10 digits, and this has 8"] });
    expect(read("@ hospital")).toMatchObject({ kind: "problem" });
  });
});

test("nothing that is typed breaks it, and no reading repeats control characters", () => {
  const pieces = ["smith", "O'Neil", ",", "12/3/1956", "1956-03-12", "@", "@@", "\u202e", "\u0000", "😀", "485 777 3456", "99/99/9999", "Ω", "-", "''", "(", "1", "may", "dob", "ab1 2cd", "%"];
  let seed = 7;
  const next = () => (seed = (seed * 48271) % 2147483647);
  for (let i = 0; i < 3000; i++) {
    const typed = Array.from({ length: 1 + (next() % 6) }, () => pieces[next() % pieces.length] ?? "").join(next() % 2 ? " " : "");
    const u = read(typed);
    if (u.kind === "name") expect(u.query.birthDate).toMatch(/^\d{4}-\d\d-\d\d$/);
    if (u.kind === "number") expect(u.nhsNumber).toMatch(/^\d{10}$/);
  }
});
