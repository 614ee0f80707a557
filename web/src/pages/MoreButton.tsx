interface MoreButtonProps {
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
  readonly busy: boolean;
  /** As in "Show older reviews". */
  readonly what: string;
  readonly onMore: () => void;
}

/** The way to the next page of a list, which comes behind what is there. */
export function MoreButton({ next, busy, what, onMore }: MoreButtonProps) {
  if (next === null) return null;
  return (
    <button type="button" className="pw-more" aria-disabled={busy} onClick={onMore}>
      {busy ? "Reading" : `Show older ${what}`}
    </button>
  );
}
