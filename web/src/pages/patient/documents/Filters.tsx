import { SelectField } from "../../../ui/SelectField";
import { TextField } from "../../../ui/TextField";
import { categoryOf, choices, type Entry, type Filter, fromOf, type Period } from "./filter";

const periods: readonly { readonly code: Period; readonly words: string }[] = [
  { code: "all", words: "All time" },
  { code: "72h", words: "Last 72 hours" },
  { code: "14d", words: "Last 14 days" },
  { code: "3m", words: "Last 3 months" },
];

interface FiltersProps {
  readonly entries: readonly Entry[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** Narrows the list as one types; nothing is asked for again. */
export function Filters({ entries, filter, onFilter }: FiltersProps) {
  return (
    <form
      className="pw-docfilters"
      role="search"
      aria-label="Documents"
      onSubmit={(e) => {
        e.preventDefault();
      }}
    >
      <TextField
        label="Words in the title, author or organisation"
        type="search"
        autoComplete="off"
        spellCheck={false}
        value={filter.text}
        onChange={(e) => {
          onFilter({ ...filter, text: e.target.value });
        }}
      />
      <SelectField
        label="Category"
        nothing="All categories"
        choices={choices(entries.map(categoryOf))}
        value={filter.category}
        onChange={(e) => {
          onFilter({ ...filter, category: e.target.value });
        }}
      />
      <SelectField
        label="Author or organisation"
        nothing="Anybody"
        choices={choices(entries.flatMap((e) => [...new Set(fromOf(e))]))}
        value={filter.from}
        onChange={(e) => {
          onFilter({ ...filter, from: e.target.value });
        }}
      />
      <SelectField
        label="Period"
        choices={periods}
        value={filter.period}
        onChange={(e) => {
          onFilter({ ...filter, period: periods.find((p) => p.code === e.target.value)?.code ?? "all" });
        }}
      />
    </form>
  );
}
