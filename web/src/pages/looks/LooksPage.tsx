import { useCallback } from "react";
import { ask } from "../../api";
import { LooksDocument } from "../../api/generated/graphql";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { count, stop } from "../../ui/words";
import { MoreButton } from "../MoreButton";
import { usePage } from "../usePage";
import { usePaged } from "../usePaged";
import { LookRow } from "./LookRow";

/**
 * Who has looked at one person's record. It reads the ledger alone, so that a privacy
 * officer who may see nothing clinical, not even who the person is, can do their work.
 */
export function LooksPage({ id }: { readonly id: string }) {
  const heading = usePage<HTMLHeadingElement>("Who has looked");
  const read = useCallback(
    async (after: string | null, signal: AbortSignal) => {
      const found = await ask(LooksDocument, { patient: id, after }, (data) => data.whoHasLooked, signal);
      return { items: found.looks, next: found.next ?? null };
    },
    [id],
  );
  const { items, next, busy, problem, more } = usePaged(read);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Who has looked at this record
      </h1>
      <p className="pw-lead">
        Newest first. You see your own organisation’s staff and patients. <Link to={paths.patient(id)}>Open the record</Link>
      </p>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <p role="status" className="pw-small">
        {items === null ? (problem ? "" : "Reading the ledger") : items.length === 0 ? "Nobody is recorded as having looked." : `${count(items.length, "look")} shown${next === null ? "" : "; there are more"}.`}
      </p>
      <ul className="pw-looks">
        {(items ?? []).map((look) => (
          <LookRow key={`${look.firstSeq}-${look.lastSeq}`} look={look} />
        ))}
      </ul>
      <MoreButton next={next} busy={busy} what="looks" onMore={more} />
    </>
  );
}
