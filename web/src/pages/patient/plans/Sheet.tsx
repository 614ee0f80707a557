import { type ReactNode, useId } from "react";
import { extractTime, type Statement } from "../../../components/EntryRow";
import { overdue } from "../../../sections/endOfLife/decisions";
import { formatDate, today } from "../../../ui/dates";
import { SourceBadge } from "../../../ui/SourceBadge";
import { Tag } from "../../../ui/Tag";
import { coded } from "../../../ui/words";

interface SheetProps {
  readonly entry: Statement & { readonly status?: string | null };
  readonly title: string;
  /** When it was to be looked at again; null where nobody says. */
  readonly review: string | null | undefined;
  /** Words of status that go without saying. */
  readonly silent: readonly string[];
  /** It holds: only then is a review that is past one that is overdue. */
  readonly holds: boolean;
  readonly differs?: boolean;
  readonly children: ReactNode;
}

/** One original, on a page of its own: who wrote it, when, whether it was looked at again, and what it says. */
export function Sheet({ entry, title, review, silent, holds, differs = false, children }: SheetProps) {
  const id = useId();
  const { author, provenance, recorded, date, status, note, labels } = entry;
  const by = [author?.name, author?.role, author?.organisation?.name ?? provenance?.organisation?.name].filter(Boolean).join(", ");
  return (
    <article className={`pw-sheet${holds ? "" : " pw-sheet--past"}${differs ? " pw-sheet--conflict" : ""}`} aria-labelledby={id}>
      <h3 className="pw-sheet__title" id={id}>
        {title}
      </h3>
      <p>
        {status && !silent.includes(status) ? <Tag tone={holds ? "neutral" : "quiet"}>{coded(status)}</Tag> : null}{" "}
        {(labels ?? []).map((l) => (
          <Tag tone="info" key={l.code}>
            {l.display ?? coded(l.code ?? "Labelled")}
          </Tag>
        ))}
      </p>
      <p className="pw-sheet__by">
        {by ? `Written by ${by}` : "Nobody is named as its author"} · {date ? formatDate(date) : recorded ? `recorded ${formatDate(recorded)}` : "no date"}
      </p>
      <SourceBadge name={provenance?.source?.name ?? "Source withheld"} careSetting={provenance?.source?.careSetting} asOf={extractTime(provenance)} />
      {review ? (
        <p>{holds && overdue(review, today()) ? <Tag tone="danger">{`Review overdue since ${formatDate(review)}`}</Tag> : `Review ${formatDate(review)}`}</p>
      ) : null}
      {children}
      {note ? <p className="pw-sheet__text">{note}</p> : null}
    </article>
  );
}
