import { useCallback, useMemo, useState } from "react";
import { ask, type ListFacts } from "../../../api";
import { ListSharesDocument, type ShareFactsFragment, TransferListDocument, UnshareListDocument } from "../../../api/generated/graphql";
import { Dialog } from "../../../ui/Dialog";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { LiveRegion } from "../../../ui/LiveRegion";
import { useFocusAfter } from "../../useFocusAfter";
import { usePaged } from "../../usePaged";
import { useDeed } from "../useDeed";
import { shareWords, targetWords } from "../words";
import { ShareForm } from "./ShareForm";

interface ShareDialogProps {
  readonly list: ListFacts;
  readonly onChanged: (list: ListFacts, news: string) => void;
  readonly onClose: () => void;
}

/** With whom a list is shared; sharing it with more, taking it back, giving it away. */
export function ShareDialog({ list, onChanged, onClose }: ShareDialogProps) {
  const { id } = list;
  const read = useCallback(
    async (_: string | null, signal: AbortSignal) => ({ items: await ask(ListSharesDocument, { id }, (data) => data.list?.shares, signal), next: null }),
    [id],
  );
  const { items, problem, replace } = usePaged(read);
  const { busy, wrong, act } = useDeed();
  const [said, setSaid] = useState("");
  const [giving, setGiving] = useState<ShareFactsFragment | null>(null);
  const focusAfter = useFocusAfter();
  // The summary takes the focus with every new list, so that it is only new when it says something else.
  const shown = useMemo(() => [...(problem ? [{ text: problem }] : []), ...wrong], [problem, wrong]);
  const tell = (now: ListFacts, shares: readonly ShareFactsFragment[] | null | undefined, words: string) => {
    replace(() => shares ?? []);
    setSaid(words);
    onChanged(now, words);
  };
  const takeBack = (share: ShareFactsFragment) =>
    act(async () => {
      const { shares, ...now } = await ask(UnshareListDocument, { id, share: share.id }, (data) => data.unshareList);
      focusAfter("shared-with");
      tell(now, shares, `It is not shared with ${targetWords(share.with)} any more.`);
    });
  const give = (share: ShareFactsFragment) =>
    act(async () => {
      const now = await ask(TransferListDocument, { id, to: share.with.id }, (data) => data.transferList);
      onClose();
      onChanged(now, `The list now belongs to ${targetWords(share.with)}. You may still change it.`);
    });

  return (
    <Dialog title="Share this list" lead={<p>Whoever has the list sees who is on it. What they see of each person is decided by their own role.</p>} onClose={onClose}>
      <ErrorSummary wrong={shown} level={3} />
      <LiveRegion text={said} />
      <h3 id="shared-with" tabIndex={-1}>
        Shared with
      </h3>
      {items === null ? <p role="status">{problem ? "" : "Reading with whom it is shared"}</p> : null}
      {items?.length === 0 ? <p>Nobody yet.</p> : null}
      <ul className="pw-list__shares">
        {(items ?? []).map((share) => (
          <li key={share.id}>
            <div>
              <strong>{targetWords(share.with)}</strong>
              <div className="pw-small">{shareWords(share)}</div>
            </div>
            <div className="pw-buttons">
              {share.with.kind === "PERSON" ? (
                <button
                  type="button"
                  className="pw-more"
                  onClick={() => {
                    setGiving(share);
                    focusAfter("give-it-away");
                  }}
                >
                  Give the list<span className="nhsuk-u-visually-hidden"> to {targetWords(share.with)}</span>
                </button>
              ) : null}
              <button type="button" className="pw-more" aria-disabled={busy} onClick={() => void takeBack(share)}>
                Take back<span className="nhsuk-u-visually-hidden"> from {targetWords(share.with)}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      {giving ? (
        <div className="nhsuk-inset-text" id="give-it-away" tabIndex={-1} role="group" aria-label={`Give the list to ${targetWords(giving.with)}`}>
          <p>The list then belongs to {targetWords(giving.with)}, who decides with whom it is shared. You may still change it.</p>
          <div className="pw-buttons">
            <button type="button" className="nhsuk-button nhsuk-button--small" aria-disabled={busy} onClick={() => void give(giving)}>
              Give the list away
            </button>
            <button
              type="button"
              className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
              onClick={() => {
                setGiving(null);
                focusAfter("shared-with");
              }}
            >
              Keep it
            </button>
          </div>
        </div>
      ) : null}
      <ShareForm
        list={id}
        onShared={(now, shares, target) => {
          focusAfter("shared-with");
          tell(now, shares, `It is shared with ${targetWords(target)}.`);
        }}
      />
      <div className="pw-buttons">
        <button type="button" className="nhsuk-button nhsuk-button--secondary" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
