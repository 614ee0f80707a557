import { type ReactNode, useCallback, useId, useState } from "react";
import { countsBy, type ViewHeading } from "../../../api/views";
import { Message } from "../../../ui/Message";
import { SelectField } from "../../../ui/SelectField";
import { count } from "../../../ui/words";
import { Problem } from "../Problem";
import { useAsked } from "../useAsked";
import { type Bar, chartWords, counted, peopleWords } from "./counting";

/** The most bars that can be told apart; the table has all. */
const mostBars = 20;

/** How many people have which value of a column, as bars and as the table of the same numbers. */
export function Chart({ run, headings, incomplete }: { readonly run: string; readonly headings: readonly ViewHeading[]; readonly incomplete: boolean }) {
  const id = useId();
  const choices = headings.filter((h) => !h.coverage).map((h) => ({ code: h.name, words: h.name }));
  const [column, setColumn] = useState("");
  return (
    <section aria-labelledby={`${id}-title`} className="pw-views__part">
      <h2 id={`${id}-title`}>Count people</h2>
      <SelectField
        id={`${id}-by`}
        label="Count people by"
        nothing="Choose a column"
        choices={choices}
        value={column}
        onChange={(event) => {
          setColumn(event.target.value);
        }}
      />
      {incomplete ? <Message tone="missing">Some rows are incomplete: their people may belong to another value than they are counted by.</Message> : null}
      {column === "" ? null : <Counts run={run} column={column} incomplete={incomplete} />}
    </section>
  );
}

function Counts({ run, column, incomplete }: { readonly run: string; readonly column: string; readonly incomplete: boolean }) {
  const read = useCallback((signal: AbortSignal) => countsBy(run, [column], signal), [run, column]);
  const { value, problem } = useAsked(read);
  if (problem) return <Problem text={problem} />;
  if (value === null) return <p role="status">Counting</p>;
  const { bars, total } = counted(value, incomplete);
  return (
    <div className="pw-views__chart">
      <div>
        <Bars bars={bars.slice(0, mostBars)} words={chartWords(column, bars)} />
        {bars.length > mostBars ? <p className="pw-small">{count(bars.length - mostBars, "more value")} in the table.</p> : null}
      </div>
      <Numbers column={column} bars={bars}>
        {total === undefined ? null : (
          <tfoot>
            <tr>
              <th scope="row">All people</th>
              <td className="pw-views__number">{peopleWords(total)}</td>
            </tr>
          </tfoot>
        )}
      </Numbers>
    </div>
  );
}

const high = 28;
const wide = 640;
const words = 210;
const room = wide - words - 150;

/** Bars as a picture of its own; its text is real text, so that it grows and changes colour with the page. */
function Bars({ bars, words: said }: { readonly bars: readonly Bar[]; readonly words: string }) {
  const most = Math.max(1, ...bars.map((b) => b.people ?? 0));
  return (
    <svg className="pw-views__bars" role="img" aria-label={said} viewBox={`0 0 ${wide} ${bars.length * high + 4}`}>
      {bars.map(({ label, people }, i) => {
        const width = people === null ? 14 : Math.max(people === 0 ? 0 : 2, (people / most) * room);
        return (
          <g key={`${i} ${label}`} transform={`translate(0 ${i * high})`}>
            <text x={words - 8} y={19} textAnchor="end">
              {label.length > 30 ? `${label.slice(0, 28)}…` : label}
            </text>
            <rect x={words} y={4} width={width} height={high - 8} className={people === null ? "pw-views__bar--held" : undefined} />
            <text x={words + width + 6} y={19}>
              {peopleWords(people)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function Numbers({ column, bars, children }: { readonly column: string; readonly bars: readonly Bar[]; readonly children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as for the rows
    <div className="pw-views__numbers" role="region" aria-label={`Numbers of people by ${column}`} tabIndex={0}>
      <table className="pw-table">
        <caption>People by {column}</caption>
        <thead>
          <tr>
            <th scope="col">{column}</th>
            <th scope="col" className="pw-views__number">
              People
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, people }, i) => (
            <tr key={`${i} ${label}`}>
              <th scope="row">{label}</th>
              <td className="pw-views__number">{peopleWords(people)}</td>
            </tr>
          ))}
        </tbody>
        {children}
      </table>
    </div>
  );
}
