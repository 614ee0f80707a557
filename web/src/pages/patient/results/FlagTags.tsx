import { Icon } from "../../../ui/Icon";
import { Tag } from "../../../ui/Tag";
import { flagsOf } from "./flags";
import type { Measured } from "./readings";

/** The flags of a value, in words, each with its arrow. */
export function FlagTags({ of }: { readonly of: Measured }) {
  return flagsOf(of).map((flag) => (
    <span key={flag.text} className="pw-flag">
      {" "}
      {flag.arrow === null ? null : <Icon name={flag.arrow} />}
      <Tag tone={flag.tone}>{flag.text}</Tag>
    </span>
  ));
}
