import { useEffect, useRef, useState } from "react";
import { wasAborted } from "../../../api";
import { Message } from "../../../ui/Message";
import { count, list, stop } from "../../../ui/words";
import type { Part } from "./check";
import { type ChartData, people } from "./data";
import { draw } from "./draw";
import type { Drawn } from "./drawing";
import type { Numbers } from "./numbers";
import { prepared } from "./prepare";
import { roomFor } from "./room";
import { pictureOf } from "./svg";
import { useSurroundings } from "./useSurroundings";

export interface DrawingProps {
  /** A judged specification. */
  readonly spec: Part;
  readonly data: ChartData;
  readonly caption: string;
}

const settled = 120;

/** A chart: its picture, what the picture does not tell, and the table of its numbers. */
export default function Drawing({ spec, data, caption }: DrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const { width, dark } = useSurroundings(place);
  const [held, setHeld] = useState<{ readonly drawn: Drawn | null; readonly problem: string }>({ drawn: null, problem: "" });
  useEffect(() => {
    if (width === 0) return;
    const controller = new AbortController();
    const begin = () => {
      draw(prepared(spec, { ...roomFor(spec, data.rows, width), dark, counts: data.rows.some((r) => people in r) }), data.rows, controller.signal).then(
        (drawn) => {
          if (!controller.signal.aborted) setHeld({ drawn, problem: "" });
        },
        (error: unknown) => {
          if (!wasAborted(error) && !controller.signal.aborted) setHeld({ drawn: null, problem: error instanceof Error ? error.message : "It cannot be drawn" });
        },
      );
    };
    // Not at every letter that somebody writes, nor at every step of a window's border.
    const timer = setTimeout(begin, settled);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [spec, data, width, dark]);
  const { drawn, problem } = held;
  return (
    <div className="pw-views__drawn">
      {data.around.map((said) => (
        <Message tone="missing" key={said}>
          {said}
        </Message>
      ))}
      {problem ? <Message tone="missing">{stop(`The chart is not drawn. ${problem}`)}</Message> : null}
      <div ref={place} className="pw-views__picture">
        {drawn === null ? problem ? null : <p role="status">Drawing</p> : <Picture svg={drawn.svg} words={wordsOf(caption, drawn.numbers)} />}
      </div>
      {drawn === null ? null : <Table caption={caption} numbers={drawn.numbers} />}
    </div>
  );
}

function Picture({ svg, words }: { readonly svg: string; readonly words: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const picture = pictureOf(svg);
    if (picture !== null) place.current?.replaceChildren(picture);
  }, [svg]);
  return <div ref={place} role="img" aria-label={words} />;
}

/** What the picture shows, for those who do not see it; the table below it has every number. */
function wordsOf(caption: string, { titles, rows, all }: Numbers): string {
  const first = rows.slice(0, 3).map((row) => row.join(", "));
  return `${caption}. By ${list(titles)}: ${first.length === 0 ? "nothing" : first.join("; ")}${all > 3 ? `; ${all - 3} more in the table` : ""}`;
}

function Table({ caption, numbers: { titles, numeric, rows, all } }: { readonly caption: string; readonly numbers: Numbers }) {
  if (rows.length === 0) return <p>There is nothing to draw.</p>;
  return (
    <details className="pw-expander pw-views__same" open={rows.length <= 12}>
      <summary>The same numbers as a table</summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is looked through by scrolling can be reached without a pointer */}
      <div className="pw-views__numbers" role="region" aria-label={`Numbers of: ${caption}`} tabIndex={0}>
        <table className="pw-table">
          <caption>
            {caption}
            {all > rows.length ? `: the first ${rows.length} of ${count(all, "line")}` : ""}
          </caption>
          <thead>
            <tr>
              {titles.map((title, i) => (
                <th scope="col" key={title} className={numeric[i] ? "pw-views__number" : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {row.map((cell, at) => (
                  <td key={at} className={numeric[at] ? "pw-views__number" : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
