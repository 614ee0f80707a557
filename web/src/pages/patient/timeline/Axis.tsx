import { type PointerEvent, useId, useMemo, useRef, useState } from "react";
import { formatDate } from "../../../ui/dates";
import { Expander } from "../../../ui/Expander";
import { count } from "../../../ui/words";
import { counted } from "./describe";
import { monthWords } from "./LineList";
import type { Counted } from "./useTimeline";
import { across, lastMonths, length, moved, places, type Window, windowOf, zoomedIn, zoomedOut } from "./windows";

interface AxisProps {
  readonly axis: Counted;
  /** From the first entry to the last, whatever the window; null if there is none. */
  readonly span: Window | null;
  /** Null is everything. */
  readonly window: Window | null;
  readonly today: string;
  readonly onWindow: (window: Window | null) => void;
}

const presets = [
  ["Last month", 1],
  ["Last year", 12],
  ["Last 5 years", 60],
] as const;

const width = 1000;
const height = 64;

/**
 * How much there is in each stretch of time: bars to drag over, buttons that do the same,
 * and the same as a table.
 */
export function Axis({ axis, span, window: chosen, today, onWindow }: AxisProps) {
  const shown = chosen ?? span;
  const scale = axis.scale === "AUTO" ? "YEAR" : axis.scale;
  const bars = useMemo(() => {
    if (shown === null) return [];
    const counts = new Map(axis.list.map((b) => [b.date, b.count]));
    return places(shown, scale).map((date) => ({ date, count: counts.get(date) ?? 0 }));
  }, [axis, scale, shown]);
  const most = bars.reduce((high, b) => Math.max(high, b.count), 1);
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const title = useId();

  const placeOf = (event: PointerEvent): number => {
    const box = svg.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
  };
  const end = () => {
    if (drag === null) return;
    setDrag(null);
    const [a, b] = drag;
    const from = bars[a];
    const to = bars[b];
    if (from && to) onWindow(across(from.date, to.date));
  };
  const words = shown === null ? "" : chosen === null ? `All, ${formatDate(shown.from)} to ${formatDate(shown.to)}` : `${formatDate(shown.from)} to ${formatDate(shown.to)}`;
  const per = { YEAR: "year", MONTH: "month", DAY: "day" }[scale];
  const earlier = shown && span ? moved(shown, -1, span) : null;
  const later = shown && span ? moved(shown, 1, span) : null;
  const step = width / Math.max(bars.length, 1);
  return (
    <section className="pw-axis" aria-labelledby={title}>
      <h3 className="nhsuk-u-visually-hidden" id={title}>
        Time
      </h3>
      <div className="pw-axis__bar">
        <div className="pw-chips" role="group" aria-label="How far back">
          {presets.map(([label, months]) => {
            const from = lastMonths(months, today);
            const ahead = span !== null && span.to > today ? span.to : today;
            return (
              <button
                key={label}
                type="button"
                className="pw-chip"
                aria-pressed={chosen?.from === from && chosen.to === ahead}
                onClick={() => {
                  onWindow({ from, to: ahead });
                }}
              >
                {label}
              </button>
            );
          })}
          <button
            type="button"
            className="pw-chip"
            aria-pressed={chosen === null}
            onClick={() => {
              onWindow(null);
            }}
          >
            All
          </button>
        </div>
        <div className="pw-chips" role="group" aria-label="Move and zoom">
          <Step label="Earlier" to={earlier} onGo={onWindow} />
          <Step label="Later" to={later} onGo={onWindow} />
          <Step label="Zoom in" to={shown && length(shown) > 7 ? zoomedIn(shown) : null} onGo={onWindow} />
          <button
            type="button"
            className="pw-chip"
            aria-disabled={chosen === null}
            onClick={() => {
              if (chosen && span) onWindow(zoomedOut(chosen, span));
            }}
          >
            Zoom out
          </button>
        </div>
      </div>
      <p className="pw-axis__words" aria-live="polite">
        {words}
        {bars.length > 0 ? <span className="pw-small"> · a bar for each {per}, {counted(most)} at most</span> : null}
      </p>
      {bars.length > 0 ? (
        <svg
          ref={svg}
          className="pw-axis__chart"
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          focusable="false"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            const at = placeOf(event);
            setDrag([at, at]);
          }}
          onPointerMove={(event) => {
            if (drag !== null) setDrag([drag[0], placeOf(event)]);
          }}
          onPointerUp={end}
          onPointerCancel={() => {
            setDrag(null);
          }}
        >
          {drag ? <rect className="pw-axis__drag" x={Math.min(...drag) * step} width={(Math.abs(drag[1] - drag[0]) + 1) * step} y={0} height={height} /> : null}
          {bars.map((b, i) => {
            const tall = b.count === 0 ? 0 : Math.max(2, (b.count / most) * (height - 4));
            return b.count === 0 ? null : <rect className="pw-axis__one" key={b.date} x={i * step + step * 0.1} width={step * 0.8} y={height - tall} height={tall} />;
          })}
          <line className="pw-axis__ground" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        </svg>
      ) : null}
      {bars.length > 0 ? (
        <div className="pw-axis__ends" aria-hidden="true">
          {marksOf(bars.map((b) => b.date)).map((date) => (
            <span key={date}>{monthWords(date)}</span>
          ))}
        </div>
      ) : null}
      <Expander summary="As a table">
        <table className="pw-measures">
          <caption className="nhsuk-u-visually-hidden">Entries for each {per}, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Entries</th>
            </tr>
          </thead>
          <tbody>
            {axis.list.map((b) => (
              <tr key={b.date}>
                <th scope="row">
                  <button
                    type="button"
                    className="pw-again"
                    onClick={() => {
                      onWindow(windowOf(b.date));
                    }}
                  >
                    {monthWords(b.date)}
                  </button>
                </th>
                <td>{count(b.count, "entry", "entries")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Expander>
    </section>
  );
}

/** A button that stays where it is when there is nowhere to go, so that the focus does too. */
function Step({ label, to, onGo }: { readonly label: string; readonly to: Window | null; readonly onGo: (window: Window) => void }) {
  return (
    <button
      type="button"
      className="pw-chip"
      aria-disabled={to === null}
      onClick={() => {
        if (to !== null) onGo(to);
      }}
    >
      {label}
    </button>
  );
}

/** The places that are named under the axis: both ends and what fits between. */
function marksOf(dates: readonly string[]): string[] {
  const named = Math.min(dates.length, 5);
  if (named <= 1) return [...dates];
  return Array.from({ length: named }, (_, i) => dates[Math.round((i * (dates.length - 1)) / (named - 1))] ?? "");
}
