import type { AddToListMutation, UnderstandNumbersQuery } from "../../../api/generated/graphql";
import { count } from "../../../ui/words";

export type Understood = NonNullable<UnderstandNumbersQuery["understandNumbers"]>;
export type Addition = NonNullable<AddToListMutation["addToList"]>;

/** Why a number leads to nobody whom the reader may add. */
export function problemWords(code: string | null | undefined): string {
  return code === "LOOKUP_INCOMPLETE" ? "Not found, and not every system answered: check it again later" : "No system knows this number";
}

/** What came of adding people. */
export function additionWords({ added, already, refused }: Pick<Addition, "added" | "already" | "refused">): string {
  return [
    added === 0 ? "Nobody was added." : `${count(added, "person is", "people are")} added.`,
    already === 0 ? "" : `${count(already, "was", "were")} on the list already.`,
    refused === 0 ? "" : `${count(refused, "person", "people")} could not be added: no system knows them, not every system answered, or they are not for you to open.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** How much of a pasted text was understood. */
export function understoodWords({ numbers, problems, beyond }: Understood): string {
  const found = numbers.filter((n) => n.patient).length;
  return [
    `${count(numbers.length, "NHS number")} understood, ${count(found, "person", "people")} found.`,
    problems.length === 0 ? "" : `${count(problems.length, "piece")} of the text ${problems.length === 1 ? "looks" : "look"} like a number and ${problems.length === 1 ? "is" : "are"} none.`,
    beyond === 0 ? "" : `${count(beyond, "more number")} ${beyond === 1 ? "was" : "were"} not looked up: paste at most 50 at a time.`,
  ]
    .filter(Boolean)
    .join(" ");
}
