import { useMemo } from "react";
import { Expander } from "../../../ui/Expander";
import { SelectField } from "../../../ui/SelectField";
import { TextArea } from "../../../ui/TextArea";
import { SampleChart } from "../chart/SampleChart";
import { type Charted, firstOf, isNumber, type Mark, type Simple, simpleOf, specOf, written } from "../chart/simple";

interface ChartStepProps {
  /** The id of its first field. */
  readonly id: string;
  readonly columns: readonly Charted[];
  readonly secondary: boolean;
  /** The specification as it is written; "" for none. */
  readonly chart: string;
  readonly error: string | undefined;
  readonly onChange: (chart: string) => void;
}

const kinds: readonly { readonly code: Mark; readonly words: string }[] = [
  { code: "bar", words: "Bars" },
  { code: "line", words: "A line" },
  { code: "point", words: "Points" },
];

/** The chart that a view keeps, by a few choices or as it is written; with how it will look. */
export function ChartStep({ id, columns, secondary, chart, error, onChange }: ChartStepProps) {
  const simple = useMemo(() => simpleOf(chart, columns, secondary), [chart, columns, secondary]);
  const kind = chart.trim() === "" ? "" : (simple?.mark ?? "written");
  const put = (choice: Simple | null) => {
    onChange(choice === null ? "" : written(specOf(choice, columns, secondary)));
  };
  const choose = (code: string) => {
    const mark = kinds.find((k) => k.code === code)?.code;
    if (mark !== undefined) put(simple === null ? firstOf(mark, columns, secondary) : { ...simple, mark });
    else if (code === "") onChange("");
  };
  return (
    <section aria-labelledby={`${id}-title`} className="pw-views__part">
      <h2 id={`${id}-title`}>Chart (optional)</h2>
      {columns.length === 0 && kind === "" ? (
        <p>Pick the columns first: a chart is drawn of them.</p>
      ) : (
        <>
          <div className="pw-views__choose">
            <SelectField
              id={id}
              label="Kind of chart"
              nothing="No chart"
              choices={[...kinds, ...(kind === "written" ? [{ code: "written", words: "As written below" }] : [])]}
              error={error}
              value={kind}
              onChange={(event) => {
                choose(event.target.value);
              }}
            />
            {simple === null ? null : <Choices simple={simple} columns={columns} secondary={secondary} onChange={put} />}
          </div>
          {kind === "" || error !== undefined ? null : <SampleChart chart={chart} columns={columns} secondary={secondary} />}
          <Expander summary="Written as Vega-Lite">
            <div className="pw-views__code">
              <TextArea
                label="Vega-Lite"
                hint="JSON: a mark and an encoding, or layers, of the columns above. It has no data, addresses, expressions or colours of its own"
                rows={14}
                spellCheck={false}
                value={chart}
                onChange={(event) => {
                  onChange(event.target.value);
                }}
              />
            </div>
          </Expander>
        </>
      )}
    </section>
  );
}

interface ChoicesProps {
  readonly simple: Simple;
  readonly columns: readonly Charted[];
  readonly secondary: boolean;
  readonly onChange: (simple: Simple) => void;
}

function Choices({ simple, columns, secondary, onChange }: ChoicesProps) {
  const names = columns.map((c) => ({ code: c.name, words: c.name }));
  const measured = secondary ? [] : columns.filter(isNumber).map((c) => ({ code: c.name, words: simple.mark === "point" ? c.name : `The average of ${c.name}` }));
  return (
    <>
      <SelectField
        label="Along the bottom"
        choices={names}
        value={simple.x}
        onChange={(event) => {
          onChange({ ...simple, x: event.target.value });
        }}
      />
      <SelectField
        label="Upwards"
        nothing={secondary ? "How many people" : "How many rows"}
        choices={measured}
        value={simple.y}
        onChange={(event) => {
          onChange({ ...simple, y: event.target.value });
        }}
      />
      <SelectField
        label="Colours"
        nothing="One colour"
        choices={names}
        value={simple.colour}
        onChange={(event) => {
          onChange({ ...simple, colour: event.target.value });
        }}
      />
    </>
  );
}
