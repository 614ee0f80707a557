import { RecordDocument, type RecordQuery } from "./generated/graphql";
import { type Answer, run } from "./graphql";
import { type Ask, firstVariables } from "./record";

/* The first question about a person, asked before the page that shows them is built. */

interface Ahead {
  readonly variables: string;
  readonly asked: number;
  /** null if it could not be asked. */
  readonly answer: Promise<Answer<RecordQuery> | null>;
}

/** An answer that nobody has taken by then is asked for anew. */
const lasts = 10_000;
let ahead: Ahead | null = null;

/** Asks what the page will ask first, as soon as it is known that there is access. */
export function readAhead(id: string, access: Promise<boolean>): void {
  const variables = firstVariables(id);
  const answer = access.then((given) => (given ? run(RecordDocument, variables, new AbortController().signal) : null));
  answer.catch(() => undefined); // whoever takes it is told
  ahead = { variables: JSON.stringify(variables), asked: Date.now(), answer };
}

/** Asks as `run` does; what was asked ahead is answered by that, once. */
export const runAhead: Ask = async (operation, variables, signal, passive) => {
  const taken = ahead;
  ahead = null;
  const same = taken !== null && Date.now() - taken.asked < lasts && JSON.stringify(variables) === taken.variables;
  return (same ? await taken.answer : null) ?? run(operation, variables, signal, passive);
};
