import { useCallback, useState } from "react";
import { ask } from "../../api";
import { LinkProposalsDocument, type ProposalState } from "../../api/generated/graphql";
import { LiveRegion } from "../../ui/LiveRegion";
import { count, stop } from "../../ui/words";
import { MoreButton } from "../MoreButton";
import { usePage } from "../usePage";
import { usePaged } from "../usePaged";
import { ProposalItem } from "./ProposalItem";
import { outcomeSentence } from "./words";

const filters: readonly { readonly state: ProposalState; readonly words: string; readonly none: string }[] = [
  { state: "OPEN", words: "To be decided", none: "Nothing waits to be decided." },
  { state: "CONFIRMED", words: "Linked", none: "Nothing has been linked by hand yet." },
  { state: "REFUSED", words: "Refused", none: "Nothing has been refused yet." },
  { state: "WITHDRAWN", words: "No longer proposed", none: "Nothing has been withdrawn." },
];

/** The work list of data-quality staff: records of which somebody must say whose they are. */
export function LinkingPage() {
  const heading = usePage<HTMLHeadingElement>("Whose record is it?");
  const [state, setState] = useState<ProposalState>("OPEN");
  const [total, setTotal] = useState<number | null>(null);
  const [news, setNews] = useState("");
  const read = useCallback(
    async (after: string | null, signal: AbortSignal) => {
      const found = await ask(LinkProposalsDocument, { state, after }, (data) => data.linkProposals, signal);
      setTotal(found.total);
      return { items: found.proposals, next: found.next ?? null };
    },
    [state],
  );
  const { items, next, busy, problem, more, replace } = usePaged(read);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Whose record is it?
      </h1>
      <p className="pw-lead">
        Records without a verified NHS number that may be of somebody the region knows. Until somebody decides, nobody is shown them as that person’s. If you are not certain, leave it open: a record that is missing is seen to be missing,
        one that is wrong is not.
      </p>
      <div className="pw-filters" role="group" aria-label="Which records">
        {filters.map((f) => (
          <button
            key={f.state}
            type="button"
            aria-pressed={state === f.state}
            onClick={() => {
              setNews("");
              setTotal(null);
              setState(f.state);
            }}
          >
            {f.words}
            {state === f.state && total !== null ? ` (${total})` : ""}
          </button>
        ))}
      </div>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <LiveRegion text={news} />
      <p role="status" className="pw-small">
        {items === null ? (problem ? "" : "Reading the work list, and asking the systems") : items.length === 0 ? filters.find((f) => f.state === state)?.none : `${count(items.length, "record")} shown${next === null ? "" : "; there are more"}.`}
      </p>
      <ul className="pw-reviews">
        {(items ?? []).map((proposal) => (
          <ProposalItem
            key={proposal.id}
            proposal={proposal}
            onChanged={(changed) => {
              // It stays where it was until the list is read again, so that nobody loses their place.
              replace((all) => all.map((p) => (p.id === changed.id ? changed : p)));
              setTotal((was) => (was === null || proposal.state === changed.state ? was : Math.max(0, was - 1)));
              setNews(outcomeSentence(changed));
            }}
          />
        ))}
      </ul>
      <MoreButton next={next} busy={busy} what="records" onMore={more} />
    </>
  );
}
