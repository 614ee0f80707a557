interface NextButtonProps {
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
  readonly busy: boolean;
  /** As in "Show more users". */
  readonly what: string;
  readonly onMore: () => void;
}

/** The way to the next page of a list that is not in the order of time. */
export function NextButton({ next, busy, what, onMore }: NextButtonProps) {
  if (next === null) return null;
  return (
    <button type="button" className="pw-more" aria-disabled={busy} onClick={onMore}>
      {busy ? "Reading" : `Show more ${what}`}
    </button>
  );
}
