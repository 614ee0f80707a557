import type { Statement } from "../EntryRow";
import { formatInstant } from "../../ui/dates";
import { Tag } from "../../ui/Tag";
import { useFreshMarks } from "./context";

/** Says that a statement, or one of several, was not there when the reader looked last. */
export function NewMark({ of }: { readonly of: Pick<Statement, "id"> | readonly Pick<Statement, "id">[] }) {
  const { since, isFresh } = useFreshMarks();
  const entries = "length" in of ? of : [of];
  if (since === null || !entries.some(isFresh)) return null;
  return (
    <span className="pw-new">
      {" "}
      <Tag tone="info">{`New since ${formatInstant(since)}`}</Tag>
    </span>
  );
}
