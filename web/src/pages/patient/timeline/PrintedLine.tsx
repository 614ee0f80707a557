import { formatDate } from "../../../ui/dates";
import { usePrinting } from "../../../ui/usePrinting";
import { line } from "../../../components/values";
import { counted, describe } from "./describe";
import { kindWord } from "./Kind";
import type { Edge } from "./useTimeline";

/** How many entries are printed at most. */
export const mostPrinted = 1000;

interface PrintedLineProps {
  readonly rows: ReadonlyMap<number, Edge>;
  readonly total: number;
  /** What they were chosen by, in words. */
  readonly chosen: string;
}

/** On paper: a plain list of what the filters let through, and how much of it this is. */
export function PrintedLine({ rows, total, chosen }: PrintedLineProps) {
  const printing = usePrinting();
  if (!printing) return null;
  const printed: Edge[] = [];
  for (let i = 0; i < Math.min(total, mostPrinted); i++) {
    const edge = rows.get(i);
    if (edge === undefined) break; // from here on nothing has been read in order
    printed.push(edge);
  }
  const all = printed.length === total;
  return (
    <div className="pw-line__printed">
      <p>
        {all ? `All ${counted(total)} entries` : `The newest ${counted(printed.length)} of ${counted(total)} entries; the others are not printed`}
        {chosen ? `, ${chosen}` : ""}.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Kind</th>
            <th scope="col">What</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {printed.map(({ node, section, mark }, i) => {
            if (!node) return null;
            const { main, under, status } = describe(node, kindWord(section));
            const p = node.provenance;
            return (
              <tr key={`${node.id ?? ""}#${i}`}>
                <td>{(node.date ?? node.recorded) ? formatDate(node.date ?? node.recorded ?? "") : "No date"}</td>
                <td>{kindWord(section)}</td>
                <td>{line(main, mark === "CANCELLED" ? "did not happen" : mark === "PLANNED" ? "ahead" : null, status, under)}</td>
                <td>{line(p?.source?.name, p?.organisation?.name)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
