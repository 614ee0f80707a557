import { type ReactNode, useId, useState } from "react";
import type { Row } from "../sections/grouping/group";
import { isolated } from "../ui/direction";
import { Icon } from "../ui/Icon";
import { SourceBadge } from "../ui/SourceBadge";
import { Tag } from "../ui/Tag";
import { usePrinting } from "../ui/usePrinting";
import { count } from "../ui/words";
import { NewMark } from "./fresh/NewMark";
import { type EntryRowProps, extractTime, type Statement, When } from "./EntryRow";

/** What a row of several originals says for all of them. */
export type Head = Pick<EntryRowProps, "main" | "under" | "status">;

interface GroupRowProps<Entry extends Statement> {
  readonly row: Row<Entry>;
  readonly head: Head;
  /** The originals as rows of their own. */
  readonly children: readonly ReactNode[];
}

/** The same thing from several systems: what they agree on, what they do not, and every original behind it. */
export function GroupRow<Entry extends Statement>({ row, head: { main, under, status }, children }: GroupRowProps<Entry>) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const printing = usePrinting();
  const sources = [...new Map(row.originals.map((o, i) => [o.provenance?.source?.id ?? `#${i}`, o])).values()];
  const said = `${count(row.originals.length, "statement")} from ${count(sources.length, "system")}`;
  return (
    <li className={`pw-row pw-row--group${row.past ? " pw-row--past" : ""}`} data-originals={row.originals.length} data-conflict={row.conflict === null ? undefined : ""}>
      <div className="pw-row__what">
        <span className="pw-row__main">{main}</span>
        {status ? (
          <>
            {" "}
            <Tag tone={status.tone}>{status.text}</Tag>
          </>
        ) : null}
        <NewMark of={row.originals} />
        {row.conflict === null ? null : (
          <p className="pw-dispute">
            <Icon name="warning" />
            <span>
              <strong>Systems disagree.</strong> {row.conflict}
            </span>
          </p>
        )}
        {under ? <div className="pw-row__under">{under}</div> : null}
        {row.differences.map(({ label, values }) => (
          <p className="pw-differs" key={label}>
            {label} differs. {values.map((v) => `${isolated(v.text)} (${isolated(v.who)})`).join("; ")}
          </p>
        ))}
      </div>
      <When date={row.when} />
      <div className="pw-row__source">
        {sources.map((o, i) => (
          <SourceBadge key={i} name={o.provenance?.source?.name ?? "Source withheld"} careSetting={o.provenance?.source?.careSetting} asOf={extractTime(o.provenance)} />
        ))}
      </div>
      <div className="pw-row__originals">
        <button
          type="button"
          className="pw-unfold"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {said}
          <span className="nhsuk-u-visually-hidden"> about <bdi>{main}</bdi></span>
        </button>
        {(open || printing) && row.reasons !== "" ? <p className="pw-row__under pw-why">In one row by {row.reasons}.</p> : null}
        {/* The list is always there for the button to name; paper shows every original. */}
        <ul id={id} className={`pw-rows pw-originals${open ? "" : " pw-originals--folded"}`}>
          {open || printing ? children : null}
        </ul>
      </div>
    </li>
  );
}
