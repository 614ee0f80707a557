import { useEffect, useRef, useState } from "react";
import type uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatDate } from "../../../ui/dates";
import { Message } from "../../../ui/Message";
import { type Axis, described, labOf, type Point } from "./chart";
import { draw } from "./plot";
import type { Span } from "./span";
import { onTheme, theme } from "./theme";

interface PlotProps {
  readonly axis: Axis;
  readonly span: Span;
  readonly onSpan: (span: Span | null) => void;
}

const height = 230;

/** One chart on one axis. What it shows is also in words and in the table: it is a picture to a screen reader. */
export function Plot({ axis, span, onSpan }: PlotProps) {
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ span, onSpan });
  const [under, setUnder] = useState<Point | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    latest.current = { span, onSpan };
    plot.current?.setScale("x", { min: span[0], max: span[1] });
  }, [span, onSpan]);

  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const begin = () => {
      plot.current?.destroy();
      plot.current = null;
      try {
        plot.current = draw(element, {
          axis,
          theme: theme(),
          width: Math.max(240, element.clientWidth),
          height,
          onSpan: (s) => {
            latest.current.onSpan(s);
          },
          onPoint: setUnder,
        });
        const [min, max] = latest.current.span;
        plot.current.setScale("x", { min, max });
      } catch {
        setFailed(true);
      }
    };
    begin();
    const stopTheme = onTheme(begin);
    const observer = new ResizeObserver(() => {
      const width = Math.max(240, element.clientWidth);
      if (plot.current !== null && plot.current.width !== width) plot.current.setSize({ width, height });
    });
    observer.observe(element);
    return () => {
      stopTheme();
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [axis]);

  if (failed) return <Message tone="plain">The chart could not be drawn. Every value is in the table below.</Message>;
  return (
    <>
      <div ref={root} className="pw-plot" role="img" aria-label={described(axis, (at) => formatDate(new Date(at * 1000).toISOString().slice(0, 10)))} />
      <p className="pw-plot__under" aria-hidden="true">
        {under === null ? " " : `${formatDate(under.row.shown.date ?? "")} · ${under.words} · ${labOf(under.row.shown)}${under.provisional ? " · provisional" : ""}`}
      </p>
    </>
  );
}
