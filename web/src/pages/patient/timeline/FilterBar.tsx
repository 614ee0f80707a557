import { useEffect, useRef, useState } from "react";
import { Expander } from "../../../ui/Expander";
import { TextField } from "../../../ui/TextField";
import { counted } from "./describe";
import { everything, type Filters, howMany, toggled } from "./filters";
import { kindWord } from "./Kind";
import type { Facets } from "./useTimeline";
import { daysBefore, lastFriday } from "./windows";

interface FilterBarProps {
  readonly filters: Filters;
  readonly facets: Facets | null;
  readonly undated: number;
  readonly today: string;
  readonly onChange: (part: Partial<Filters>) => void;
}

/** How long somebody must have stopped typing before it is looked for. */
const stillness = 250;

interface ChipChoice {
  readonly key: string;
  readonly words: string;
  readonly count: number | null;
}

/** What to show: only what there is, with how much of it. */
export function FilterBar({ filters, facets, undated, today, onChange }: FilterBarProps) {
  const { sections, organisations, sources, without } = filters;
  const since = [
    { key: "", words: "Any time", count: null },
    { key: today, words: "Today", count: null },
    { key: lastFriday(today), words: "Since Friday", count: null },
    { key: daysBefore(today, 7), words: "Last 7 days", count: null },
  ].filter((c, i, all) => all.findIndex((o) => o.key === c.key) === i);
  const on = howMany(filters);
  return (
    <div className="pw-sift">
      <Words
        text={filters.text}
        onText={(text) => {
          onChange({ text });
        }}
      />
      <Chips
        label="Kind"
        chosen={sections}
        choices={withChosen(facets?.sections.map((f) => ({ key: f.section, words: kindWord(f.section), count: f.count })) ?? [], sections, kindWord)}
        onToggle={(key) => {
          onChange({ sections: toggled(sections, key) });
        }}
      />
      <Chips
        label="Written down"
        chosen={[filters.recordedSince]}
        choices={since}
        onToggle={(key) => {
          onChange({ recordedSince: key });
        }}
      />
      <Expander summary="More filters: organisation, system, cancelled, without a date">
        <Chips
          label="Organisation"
          chosen={organisations}
          choices={withChosen(
            facets?.organisations.map(({ organisation: o, count }) => ({ key: o.ods ?? o.name ?? "", words: o.name ?? o.ods ?? "", count })) ?? [],
            organisations,
            (key) => key,
          )}
          onToggle={(key) => {
            onChange({ organisations: toggled(organisations, key) });
          }}
        />
        <Chips
          label="System"
          chosen={sources}
          choices={withChosen(facets?.sources.map(({ source, count }) => ({ key: source.id ?? "", words: source.name ?? source.id ?? "", count })) ?? [], sources, (key) => key)}
          onToggle={(key) => {
            onChange({ sources: toggled(sources, key) });
          }}
        />
        <Chips
          label="Leave out"
          chosen={without}
          choices={(["CANCELLED", "PLANNED"] as const).map((mark) => ({
            key: mark,
            words: mark === "CANCELLED" ? "What did not happen" : "What lies ahead",
            count: facets?.marks.find((m) => m.mark === mark)?.count ?? 0,
          }))}
          onToggle={(key) => {
            if (key === "CANCELLED" || key === "PLANNED") onChange({ without: toggled(without, key) });
          }}
        />
        <Chips
          label="Without a date"
          chosen={filters.undated ? ["undated"] : []}
          choices={[{ key: "undated", words: "Show only those", count: undated }]}
          onToggle={() => {
            onChange({ undated: !filters.undated });
          }}
        />
      </Expander>
      {on > 0 ? (
        <button
          type="button"
          className="pw-again"
          onClick={() => {
            onChange({ ...everything, window: filters.window });
          }}
        >
          Clear all filters
        </button>
      ) : null}
    </div>
  );
}

/** What is chosen stays to be seen and taken back, also where nothing of it is left. */
function withChosen(choices: readonly ChipChoice[], chosen: readonly string[], words: (key: string) => string): readonly ChipChoice[] {
  const gone = chosen.filter((key) => !choices.some((c) => c.key === key));
  return [...choices, ...gone.map((key) => ({ key, words: words(key), count: 0 }))];
}

interface ChipsProps {
  readonly label: string;
  readonly choices: readonly ChipChoice[];
  readonly chosen: readonly string[];
  readonly onToggle: (key: string) => void;
}

function Chips({ label, choices, chosen, onToggle }: ChipsProps) {
  if (choices.length === 0) return null;
  return (
    <div className="pw-chips" role="group" aria-label={label}>
      <span className="pw-chips__label" aria-hidden="true">
        {label}
      </span>
      {choices.map((c) => (
        <button
          key={c.key}
          type="button"
          className="pw-chip"
          aria-pressed={chosen.includes(c.key)}
          onClick={() => {
            onToggle(c.key);
          }}
        >
          {c.words}
          {c.count === null ? null : <span className="pw-chip__count"> {counted(c.count)}</span>}
        </button>
      ))}
    </div>
  );
}

/** Looks for what is typed once the typing stops. */
function Words({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [was, setWas] = useState(text);
  if (text !== was) {
    setWas(text);
    if (text === "") setTyped(""); // cleared with the other filters
  }
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  return (
    <TextField
      label="Find in the timeline"
      width={20}
      value={typed}
      maxLength={100}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => {
        const now = event.target.value;
        setTyped(now);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          onText(now.trim());
        }, stillness);
      }}
    />
  );
}
