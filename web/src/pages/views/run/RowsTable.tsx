import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { Cells, ViewColumn, ViewHeading } from "../../../api/views";
import { formatDate, formatInstant } from "../../../ui/dates";
import { Icon } from "../../../ui/Icon";
import { titleOf } from "../useNames";
import { type Coverage, type Emptiness, emptiness, gapsOf, gapWords, isComplete } from "./coverage";
import type { Order } from "./sorting";

interface RowsTableProps {
  readonly caption: string;
  readonly headings: readonly ViewHeading[];
  readonly coverage: Coverage;
  /** The picked columns, by name; none for a definition. */
  readonly columns: ReadonlyMap<string, ViewColumn>;
  readonly rows: readonly Cells[];
  readonly source: (id: string) => string;
  readonly order: Order | null;
  /** Left out where rows cannot be ordered. */
  readonly onOrder?: (at: number) => void;
}

/** Fewer rows than these all stand on the page, so that the browser's own search finds them. */
const few = 100;
const usual = 34;

/** The rows, of which only those in sight stand on the page where there are many. */
export function RowsTable({ caption, headings, coverage, columns, rows, source, order, onOrder }: RowsTableProps) {
  const place = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => place.current, estimateSize: () => usual, overscan: 12, useFlushSync: false });
  const many = rows.length > few;
  const items = many ? virtualizer.getVirtualItems().map((i) => i.index) : rows.map((_, i) => i);
  const above = many ? (virtualizer.getVirtualItems()[0]?.start ?? 0) : 0;
  const below = many ? Math.max(0, virtualizer.getTotalSize() - (virtualizer.getVirtualItems().at(-1)?.end ?? 0)) : 0;
  const shown = headings.flatMap((heading, at) => (heading.coverage ? [] : [{ heading, at }]));
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is looked through by scrolling can be reached without a pointer
    <div className="pw-views__scroll" role="region" aria-label={caption} tabIndex={0} ref={place}>
      <table className="pw-table pw-views__table" aria-rowcount={rows.length + 1}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {shown.map(({ heading, at }) => (
              <th scope="col" key={heading.name} aria-sort={order?.at === at ? (order.down ? "descending" : "ascending") : undefined} title={heading.description ?? undefined}>
                {onOrder === undefined ? (
                  heading.name
                ) : (
                  <button
                    type="button"
                    onClick={() => {
                      onOrder(at);
                    }}
                  >
                    {heading.name}
                    {order?.at === at ? <Icon name={order.down ? "down" : "up"} /> : null}
                  </button>
                )}
              </th>
            ))}
            {coverage.complete < 0 ? null : <th scope="col">Is it all?</th>}
          </tr>
        </thead>
        <tbody>
          {above > 0 ? <Space height={above} /> : null}
          {items.map((index) => {
            const cells = rows[index];
            if (cells === undefined) return null;
            const complete = isComplete(coverage, cells);
            return (
              <tr key={index} data-index={index} data-complete={complete} aria-rowindex={index + 2} ref={many ? virtualizer.measureElement : undefined}>
                {shown.map(({ heading, at }) => (
                  <Cell key={heading.name} kind={heading.kind} value={cells[at] ?? null} column={columns.get(heading.name)} empty={emptiness(coverage, cells, columns.get(heading.name))} />
                ))}
                {coverage.complete < 0 ? null : <td>{complete ? "All answered" : <Gaps words={gapWords(gapsOf(coverage, cells), titleOf, source)} />}</td>}
              </tr>
            );
          })}
          {below > 0 ? <Space height={below} /> : null}
        </tbody>
      </table>
    </div>
  );
}

function Space({ height }: { readonly height: number }) {
  return (
    <tr aria-hidden="true" className="pw-views__space">
      <td style={{ height }} />
    </tr>
  );
}

interface CellProps {
  readonly kind: string;
  readonly value: string | null;
  readonly column: ViewColumn | undefined;
  readonly empty: Emptiness;
}

/** A value; or that nothing is recorded, which is only said where that is known. */
function Cell({ kind, value, column, empty }: CellProps) {
  const numeric = kind === "integer" || kind === "decimal";
  if (empty === "none-known" && (value === null || value === "" || (column?.take === "COUNT" && value === "0"))) return <td>none known</td>;
  if (value === null || value === "") {
    return empty === "none" ? (
      <td className="pw-views__none">
        <span aria-hidden="true">–</span>
        <span className="nhsuk-u-visually-hidden">nothing recorded</span>
      </td>
    ) : (
      <td className="pw-views__gap">not known</td>
    );
  }
  // What has not been counted may be more.
  if (empty === "not-known" && column?.take === "COUNT") return <td className="pw-views__gap">{value === "0" ? "not known" : `${value} or more`}</td>;
  if (empty === "not-known" && column === undefined && kind === "integer" && value === "0") return <td className="pw-views__gap">0 so far</td>;
  if (empty === "not-known" && column?.take === "ALL") {
    return (
      <td>
        {value} <span className="pw-views__gap">and perhaps more</span>
      </td>
    );
  }
  return <td className={numeric ? "pw-views__number" : undefined}>{worded(kind, value)}</td>;
}

function worded(kind: string, value: string): string {
  if (kind === "date") return formatDate(value);
  if (kind === "dateTime") return value.includes("T") ? formatInstant(value) : formatDate(value);
  if (kind === "boolean") return value === "true" ? "Yes" : value === "false" ? "No" : value;
  return value;
}

function Gaps({ words }: { readonly words: readonly string[] }) {
  return (
    <span className="pw-views__gap">
      <Icon name="warning" /> Incomplete. {words.length === 0 ? "Which systems answered is not known." : words.join(" ")}
    </span>
  );
}
