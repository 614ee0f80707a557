import { found, statusTag } from "../../../components/values";
import { Tag } from "../../../ui/Tag";
import { FlagTags } from "./FlagTags";
import { isWithdrawn, type Reading } from "./readings";

/** What was found, in the source's own digits and unit, with its flags and how it stands. */
export function Value({ of }: { readonly of: Reading }) {
  const { value, absent } = of.original;
  const words = found(value, absent) || "No value";
  const status = statusTag(of.status, ["final"]);
  return (
    <>
      {isWithdrawn(of) ? <s className="pw-value pw-value--withdrawn">{words}</s> : <strong className="pw-value">{words}</strong>}
      {isWithdrawn(of) ? null : <FlagTags of={of.original} />}
      {status ? (
        <>
          {" "}
          <Tag tone={isWithdrawn(of) ? "danger" : status.tone}>{status.text}</Tag>
        </>
      ) : null}
    </>
  );
}
