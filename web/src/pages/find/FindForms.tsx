import { NumberForm } from "./NumberForm";
import { SearchForm } from "./SearchForm";

interface FindFormsProps {
  readonly button: string;
  /** What comes of somebody being found; throws what is to be shown. */
  readonly onFound: (id: string) => Promise<void>;
}

/** Finds one person, by number or by name, for whatever is done with whom was found. */
export function FindForms({ button, onFound }: FindFormsProps) {
  return (
    <div className="pw-find">
      <NumberForm button={button} onFound={onFound} />
      <SearchForm button={button} onFound={onFound} />
    </div>
  );
}
