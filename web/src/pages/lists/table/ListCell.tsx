import type { Cell, Column } from "../../../api";
import { Expander } from "../../../ui/Expander";
import { Icon, type IconName } from "../../../ui/Icon";
import type { MessageTone } from "../../../ui/Message";
import { cellWords } from "./cells";

interface ListCellProps {
  readonly column: Column;
  /** What the column is called. */
  readonly title: string;
  /** Whose it is, for those who hear the cell without its row. */
  readonly about: string;
  readonly cell: Cell | undefined;
  /** Why it is not being asked for any more. */
  readonly problem: string | null;
}

const icons: Readonly<Record<MessageTone, IconName>> = { waiting: "clock", missing: "warning", withheld: "lock", conflict: "warning", none: "tick", plain: "none" };

/** One thing of one person, with whose answers are missing and how old it is. */
export function ListCell({ column, title, about, cell, problem }: ListCellProps) {
  const words = cellWords(column, cell, problem);
  return (
    <td data-verdict={cell?.verdict ?? "LOADING"}>
      <span className="pw-table__title">{title}</span>
      <div className={`pw-list__cell pw-list__cell--${words.tone}`}>
        <div className="pw-list__main">
          {words.tone === "known" ? null : <Icon name={icons[words.tone]} />}
          <span>{words.main}</span>
        </div>
        {words.when ? <div className="pw-list__when">{words.when}</div> : null}
        {words.gap ? (
          <div className="pw-list__gap">
            <Icon name="warning" />
            <span>{words.gap}</span>
          </div>
        ) : null}
        {words.age ? <div className="pw-list__age">{words.age}</div> : null}
        {words.why.length > 0 ? (
          <Expander summary="Why" about={`${title}, ${about}`}>
            {words.why.map((s) => (
              <p key={s.text}>{s.text}</p>
            ))}
          </Expander>
        ) : null}
      </div>
    </td>
  );
}
