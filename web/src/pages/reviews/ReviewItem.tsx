import { useId, useState } from "react";
import { ask } from "../../api";
import { BeginReviewDocument, type ReviewFactsFragment } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { formatInstant } from "../../ui/dates";
import { Facts } from "../../ui/Facts";
import { Tag } from "../../ui/Tag";
import { coded, stop } from "../../ui/words";
import { flagWords } from "../looks/words";
import { useFocusAfter } from "../useFocusAfter";
import { CloseForm } from "./CloseForm";
import { historySentence, states } from "./words";

interface ReviewItemProps {
  readonly review: ReviewFactsFragment;
  /** Why the last step with it was refused; "" if it was not. */
  readonly refused: string;
  readonly onChanged: (review: ReviewFactsFragment) => void;
  /** It could not be changed: it may stand otherwise than shown, for example because somebody else took it. */
  readonly onRefused: (sentence: string) => void;
}

/** One item of the queue: what happened, what became of it, and what can be done. */
export function ReviewItem({ review, refused, onChanged, onRefused }: ReviewItemProps) {
  const id = useId();
  const focusAfter = useFocusAfter();
  const [closing, setClosing] = useState(false);
  const [busy, setBusy] = useState(false);

  // The buttons change with the item; the focus stays with it.
  const changed = (next: ReviewFactsFragment) => {
    focusAfter(id);
    onChanged(next);
  };
  const begin = async () => {
    if (busy) return;
    setBusy(true);
    try {
      changed(await ask(BeginReviewDocument, { id: review.id }, (data) => data.beginReview));
    } catch (error) {
      onRefused(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  const state = states[review.state];
  return (
    <li className="pw-review" data-state={review.state} aria-labelledby={id}>
      <h2 className="pw-review__title" id={id} tabIndex={-1}>
        {flagWords(review.kind)} <Tag tone={state.tone}>{state.words}</Tag>
      </h2>
      <p className="pw-review__sentence">{stop(review.sentence)}</p>
      {refused ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(refused)}
        </p>
      ) : null}
      <Facts
        facts={[
          { label: "Who", value: [review.name, review.role ? coded(review.role) : "", review.organisation?.name ?? review.organisation?.ods].filter(Boolean).join(", ") },
          { label: "When", value: review.opened ? formatInstant(review.opened) : null },
          { label: "Reason given", value: review.reason ? <span className="pw-note">{review.reason}</span> : null },
          { label: "What became of it", value: historySentence(review) },
          { label: "Note", value: review.note ? <span className="pw-note">{review.note}</span> : null },
          { label: "In the ledger", value: `number ${review.seq}` },
        ]}
      />
      <div className="pw-buttons pw-review__do">
        {review.state === "NEW" ? (
          <button
            type="button"
            className="nhsuk-button nhsuk-button--small"
            aria-disabled={busy}
            aria-describedby={id}
            onClick={() => {
              void begin();
            }}
          >
            {busy ? "Taking it" : "Begin"}
          </button>
        ) : null}
        {review.state === "IN_REVIEW" && !closing ? (
          <button
            type="button"
            className="nhsuk-button nhsuk-button--small"
            aria-describedby={id}
            onClick={() => {
              setClosing(true);
            }}
          >
            Close with what you found
          </button>
        ) : null}
        {review.patient ? <Link to={paths.looks(review.patient)}>Who has looked at this person’s record</Link> : null}
      </div>
      {review.state === "IN_REVIEW" && closing ? <CloseForm review={review.id} onClosed={changed} onRefused={onRefused} /> : null}
    </li>
  );
}
