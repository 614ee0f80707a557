import { useEffect, useMemo, useRef, useState } from "react";
import { Message } from "../../../ui/Message";
import { SelectField } from "../../../ui/SelectField";
import { list } from "../../../ui/words";
import { type Chart, chartOf } from "./chart";
import { EveryMeasurement } from "./EveryMeasurement";
import { Legend } from "./Legend";
import { Plot } from "./Plot";
import type { Test } from "./series";
import { moved, type Span, wholeSpan, within, zoomed } from "./span";
import type { Units } from "./ucum";

interface TrendProps {
  readonly tests: readonly Test[];
  /** What else can be put beside them. */
  readonly others: readonly Test[];
  readonly units: Units;
  /** The arithmetic of units could not be had. */
  readonly withoutUnits: boolean;
  readonly onChoose: (tests: readonly string[]) => void;
}

/** Tests over time, each on its own axis under one time; below them every result as reported. */
export default function Trend({ tests, others, units, withoutUnits, onChoose }: TrendProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const charts = useMemo(() => tests.map((test) => ({ test, chart: chartOf(test, units) })), [tests, units]);
  const whole = useMemo(() => wholeSpan(charts.map((c) => c.chart)), [charts]);
  const [chosen, setSpan] = useState<Span | null>(null);
  const span = (chosen === null ? null : within(chosen, whole)) ?? whole;
  const keys = tests.map((t) => t.key);
  const newest = keys.at(-1);
  useEffect(() => {
    heading.current?.focus();
  }, [newest]);
  const drawn = charts.some((c) => c.chart.axes.length > 0);
  const step = (label: string, to: Span | null, off: boolean) => (
    <button
      type="button"
      className="pw-more"
      disabled={off}
      onClick={() => {
        setSpan(to);
      }}
    >
      {label}
    </button>
  );
  return (
    <section className="pw-card pw-trend" aria-labelledby="pw-trend">
      <h3 className="pw-card__title" id="pw-trend" tabIndex={-1} ref={heading}>
        {list(tests.map((t) => t.name))} over time
      </h3>
      <div className="pw-trend__tools">
        <button
          type="button"
          className="pw-more"
          onClick={() => {
            onChoose([]);
          }}
        >
          Close the trend
        </button>
        {drawn ? (
          <>
            {step("Earlier", moved(span, -0.5, whole), span[0] <= whole[0])}
            {step("Later", moved(span, 0.5, whole), span[1] >= whole[1])}
            {step("Zoom in", zoomed(span, 0.5, whole), span[1] - span[0] <= 86_400)}
            {step("Zoom out", zoomed(span, 2, whole), chosen === null)}
            {step("Whole time", null, chosen === null)}
          </>
        ) : null}
        {tests.length > 1
          ? tests.map((t) => (
              <button
                key={t.key}
                type="button"
                className="pw-more"
                onClick={() => {
                  onChoose(keys.filter((k) => k !== t.key));
                }}
              >
                Remove {t.name}
              </button>
            ))
          : null}
        {others.length > 0 ? <Beside others={others} onAdd={(key) => { onChoose([...keys, key]); }} /> : null}
      </div>
      {withoutUnits ? <Message tone="missing">Units could not be compared: the part of this page that does it did not load. Only values of the very same unit code share a chart.</Message> : null}
      {charts.map(({ test, chart }) => (
        <Charts key={test.key} chart={chart} span={span} onSpan={setSpan} />
      ))}
      {charts.map(({ test }) => (
        <EveryMeasurement key={test.key} test={test} />
      ))}
    </section>
  );
}

function Charts({ chart, span, onSpan }: { readonly chart: Chart; readonly span: Span; readonly onSpan: (span: Span | null) => void }) {
  return (
    <>
      {chart.axes.map((axis) => (
        <figure key={axis.key} className="pw-trend__figure">
          <figcaption>
            <strong>{axis.test}</strong> <span className="pw-trend__unit">{axis.unit}</span>
            <Legend axis={axis} />
          </figcaption>
          <Plot axis={axis} span={span} onSpan={onSpan} />
          {axis.notes.map((note) => (
            <Message tone="plain" key={note}>
              {note}
            </Message>
          ))}
        </figure>
      ))}
      {chart.undrawn.map((why) => (
        <p key={why} className="pw-small">
          {why}
        </p>
      ))}
    </>
  );
}

/** Chooses a further test; nothing happens before it is said, so that the choices can be walked by keyboard. */
function Beside({ others, onAdd }: { readonly others: readonly Test[]; readonly onAdd: (key: string) => void }) {
  const [key, setKey] = useState("");
  return (
    <form
      className="pw-trend__beside"
      onSubmit={(event) => {
        event.preventDefault();
        if (key !== "") onAdd(key);
        setKey("");
      }}
    >
      <SelectField
        label="Another test beside it"
        choices={others.map((t) => ({ code: t.key, words: t.name }))}
        nothing="Choose a test"
        value={key}
        onChange={(event) => {
          setKey(event.target.value);
        }}
      />
      <button type="submit" className="pw-more">
        Add
      </button>
    </form>
  );
}
