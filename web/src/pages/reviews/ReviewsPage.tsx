import { useCallback, useState } from "react";
import { ask } from "../../api";
import { ReviewQueueDocument, type ReviewState } from "../../api/generated/graphql";
import { LiveRegion } from "../../ui/LiveRegion";
import { count, stop } from "../../ui/words";
import { MoreButton } from "../MoreButton";
import { usePage } from "../usePage";
import { usePaged } from "../usePaged";
import { ReviewItem } from "./ReviewItem";
import { historySentence } from "./words";

type Filter = ReviewState | "ALL";

const filters: readonly { readonly state: Filter; readonly words: string; readonly none: string }[] = [
  { state: "NEW", words: "Waiting", none: "Nothing waits to be looked at." },
  { state: "IN_REVIEW", words: "In review", none: "Nothing is being looked into." },
  { state: "CLOSED", words: "Closed", none: "Nothing has been closed yet." },
  { state: "ALL", words: "All", none: "There is nothing to review." },
];

/** The review queue of the reader's organisation. */
export function ReviewsPage({ onWaiting }: { readonly onWaiting: (waiting: number) => void }) {
  const heading = usePage<HTMLHeadingElement>("Reviews");
  const [filter, setFilter] = useState<Filter>("NEW");
  const [counts, setCounts] = useState<Partial<Record<Filter, number>>>({});
  const [news, setNews] = useState("");
  const [refused, setRefused] = useState<{ readonly id: string; readonly sentence: string } | null>(null);
  const read = useCallback(
    async (after: string | null, signal: AbortSignal) => {
      const found = await ask(ReviewQueueDocument, { state: filter === "ALL" ? null : filter, after }, (data) => data.reviews, signal);
      setCounts({ NEW: found.waiting, IN_REVIEW: found.underReview });
      onWaiting(found.waiting);
      return { items: found.items, next: found.next ?? null };
    },
    [filter, onWaiting],
  );
  const { items, next, busy, problem, more, replace, again } = usePaged(read);

  // A refusal stands at its item, or above the list if the item is no longer in it.
  const gone = refused !== null && !items?.some((r) => r.id === refused.id) ? refused.sentence : "";
  const moved = (from: ReviewState, to: ReviewState) => {
    const before = counts.NEW ?? 0;
    const waiting = from === "NEW" && to !== "NEW" ? Math.max(0, before - 1) : before;
    const under = (counts.IN_REVIEW ?? 0) + (to === "IN_REVIEW" ? 1 : 0) - (from === "IN_REVIEW" ? 1 : 0);
    setCounts({ NEW: waiting, IN_REVIEW: Math.max(0, under) });
    onWaiting(waiting);
  };

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Reviews
      </h1>
      <p className="pw-lead">What a privacy officer should look at: broken glass, relationships that people stated themselves, and looks that are out of the ordinary.</p>
      <div className="pw-filters" role="group" aria-label="Which reviews">
        {filters.map(({ state, words }) => (
          <button
            key={state}
            type="button"
            aria-pressed={filter === state}
            onClick={() => {
              setNews("");
              setRefused(null);
              setFilter(state);
            }}
          >
            {words}
            {counts[state] === undefined ? "" : ` (${counts[state]})`}
          </button>
        ))}
      </div>
      {[gone, problem].filter(Boolean).map((sentence) => (
        <p className="nhsuk-error-message" role="alert" key={sentence}>
          {stop(sentence)}
        </p>
      ))}
      <LiveRegion text={news} />
      <p role="status" className="pw-small">
        {items === null ? (problem ? "" : "Reading the queue") : items.length === 0 ? filters.find((f) => f.state === filter)?.none : `${count(items.length, "item")} shown${next === null ? "" : "; there are more"}.`}
      </p>
      <ul className="pw-reviews">
        {(items ?? []).map((review) => (
          <ReviewItem
            key={review.id}
            review={review}
            onChanged={(changed) => {
              // It stays where it was until the list is read again, so that nobody loses their place.
              replace((all) => all.map((r) => (r.id === changed.id ? changed : r)));
              moved(review.state, changed.state);
              setRefused(null);
              setNews(historySentence(changed));
            }}
            refused={refused?.id === review.id ? refused.sentence : ""}
            onRefused={(sentence) => {
              setRefused({ id: review.id, sentence });
              again();
            }}
          />
        ))}
      </ul>
      <MoreButton next={next} busy={busy} what="items" onMore={more} />
    </>
  );
}
