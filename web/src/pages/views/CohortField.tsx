import { useEffect } from "react";
import { ask } from "../../api";
import { ViewCohortsDocument } from "../../api/generated/graphql";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { SelectField } from "../../ui/SelectField";
import { Problem } from "./Problem";
import { useAsked } from "./useAsked";

interface CohortFieldProps {
  readonly id: string;
  readonly label: string;
  readonly error: string | undefined;
  /** The reader keeps lists of their own. */
  readonly keeps: boolean;
  /** The people whom a search finds can be chosen too. */
  readonly search?: boolean;
  readonly value: string;
  readonly onChange: (list: string) => void;
}

/** The choice of people whom a search finds; no list has this id. */
export const bySearch = "by-search";

const lists = (signal: AbortSignal) => ask(ViewCohortsDocument, {}, (data) => data.viewCohorts, signal);

/** Over whom a view is run: one of the lists that the reader has, or whom a search finds. */
export function CohortField({ id, label, error, keeps, search = false, value, onChange }: CohortFieldProps) {
  const { value: found, problem } = useAsked(lists);
  const only = found?.length === 1 ? (found[0]?.list ?? "") : "";
  useEffect(() => {
    if (only !== "" && value === "") onChange(only);
  }, [only, value, onChange]);
  if (problem) return <Problem text={problem} />;
  if (found === null) return <p role="status">Reading which lists you have</p>;
  if (found.length === 0 && !search) {
    return keeps ? (
      <p>
        You have no list yet. <Link to={paths.newList}>Make a list</Link> of the people first.
      </p>
    ) : (
      <p>No list is shared with you. Whoever keeps the list of the people shares it with you on its page.</p>
    );
  }
  return (
    <SelectField
      id={id}
      label={label}
      error={error}
      nothing={search ? "Choose a list, or a search" : "Choose a list"}
      choices={[...found.map((l) => ({ code: l.list, words: `${l.title}${l.team ? " (team list)" : ""}, ${l.owner}` })), ...(search ? [{ code: bySearch, words: "People found by a search" }] : [])]}
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    />
  );
}
