/*
 * Words that make another statement of the same thing: that it is not so, whose it is, that it
 * is only thought of, on which side. A code is no safeguard: "no known penicillin allergy" has
 * been sent under the code of the allergy (decision 0009).
 */

/** What "not otherwise specified" says is not that something is not so. */
const empty = /\b(?:not otherwise specified|not elsewhere classified)\b/g;

/** Each turns a statement into another one; what is not in it counts as well as what is. */
const turning: readonly (readonly [string, RegExp])[] = [
  ["not", /\b(?:no|not|nil|never|none|without|denie[sd]|negative|excluded|absent|absence|unlikely|refuted|nkda|nka)\b|\bruled out\b|\bfree of\b/],
  ["thought of", /\?|\b(?:query|possible|possibly|probable|probably|suspected|suspicion|provisional|differential|at risk|risk of|high risk|screening|exposure)\b/],
  ["somebody else's", /\b(?:family|fh|fhx|f\/h|maternal|paternal|mother|father|sister|brother|son|daughter|sibling|parent|grandmother|grandfather|contact with)\b|\bfh:/],
  ["earlier", /\b(?:history of|h\/o|hx of|previous|previously|past|resolved|ex|former)\b/],
];

const left = /\b(?:left|lt)\b|\(l\)/;
const right = /\b(?:right|rt)\b|\(r\)/;
const both = /\b(?:bilateral|both)\b/;

/** The wordings of a record are few and compared with each other again and again: what was found out of one is kept. */
function remembered(find: (wording: string) => string): (wording: string) => string {
  const known = new Map<string, string>();
  return (wording) => {
    let found = known.get(wording);
    if (found === undefined) {
      if (known.size >= mostKnown) known.clear();
      found = find(wording);
      known.set(wording, found);
    }
    return found;
  };
}

/** More than one record's; beyond it all are forgotten. */
const mostKnown = 2000;

/** What kind of statement a wording, made even, is: "" of what is so, now, of the patient. */
export const context = remembered((wording) => {
  const text = wording.replace(empty, "");
  return turning
    .filter(([, words]) => words.test(text))
    .map(([name]) => name)
    .join(" ");
});

/** The side of the body that a wording names; "" where it names none. */
export const side = remembered((wording) => {
  if (both.test(wording) || (left.test(wording) && right.test(wording))) return "both";
  if (left.test(wording)) return "left";
  return right.test(wording) ? "right" : "";
});

/** Never the same, whatever the codes say. A side that is not stated is not another one. */
export function turned(a: string, b: string): boolean {
  if (a === "" || b === "") return false;
  if (context(a) !== context(b)) return true;
  const [one, other] = [side(a), side(b)];
  return one !== "" && other !== "" && one !== other;
}
