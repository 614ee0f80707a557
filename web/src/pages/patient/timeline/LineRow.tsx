import { type KeyboardEvent, useId } from "react";
import { EntryDetails, extractTime, When } from "../../../components/EntryRow";
import { SourceBadge } from "../../../ui/SourceBadge";
import { Tag } from "../../../ui/Tag";
import { describe } from "./describe";
import { Kind, kindWord } from "./Kind";
import type { Edge } from "./useTimeline";

const marks = { CANCELLED: { text: "Did not happen", tone: "quiet" }, PLANNED: { text: "Ahead", tone: "info" } } as const;

interface LineRowProps {
  readonly edge: Edge;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
}

/** One entry: when, what kind, what, by whom; and in place everything the source said. */
export function LineRow({ edge, open, onToggle, onKeyDown, onFocus }: LineRowProps) {
  const id = useId();
  const { node, section, mark } = edge;
  if (!node) return <p className="pw-line__row">An entry that is withheld from you</p>;
  const { main, under, status, facts, codes } = describe(node, kindWord(section));
  const organisation = node.provenance?.organisation?.name;
  const source = node.provenance?.source;
  return (
    <div className={`pw-line__row${mark === "CANCELLED" ? " pw-line__row--off" : ""}`} data-section={section}>
      <When date={node.date ?? node.recorded} />
      <Kind section={section} />
      <div className="pw-line__what">
        <button type="button" className="pw-line__open" aria-expanded={open} aria-controls={open ? id : undefined} onClick={onToggle} onKeyDown={onKeyDown} onFocus={onFocus}>
          {main}
        </button>
        {mark ? (
          <>
            {" "}
            <Tag tone={marks[mark].tone}>{marks[mark].text}</Tag>
          </>
        ) : null}
        {status ? (
          <>
            {" "}
            <Tag tone={"interpretation" in node ? "warning" : "neutral"}>{status}</Tag>
          </>
        ) : null}
        {under ? <div className="pw-row__under">{under}</div> : null}
      </div>
      <div className="pw-line__who">
        <SourceBadge name={source?.name ?? "Source withheld"} careSetting={source?.careSetting} asOf={extractTime(node.provenance)} />
        {organisation && organisation !== source?.name ? <span className="pw-line__organisation">{organisation}</span> : null}
      </div>
      {open ? (
        <div className="pw-line__details pw-expander__body" id={id}>
          <EntryDetails entry={node} facts={facts} codes={codes} />
        </div>
      ) : null}
    </div>
  );
}
