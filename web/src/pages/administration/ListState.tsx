import { stop } from "../../ui/words";

interface ListStateProps {
  /** What changed last; "" for nothing. */
  readonly news: string;
  readonly problem: string;
  /** How the list stands, as in "12 users shown."; "" while something is wrong. */
  readonly state: string;
}

/** What stands above a list: what went wrong, what changed, how much there is. */
export function ListState({ news, problem, state }: ListStateProps) {
  return (
    <>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <p role="status" className="pw-admin__news">
        {news}
      </p>
      <p role="status" className="pw-small">
        {state}
      </p>
    </>
  );
}
