export type Tone = "neutral" | "quiet" | "warning" | "danger" | "good" | "info";

interface TagProps {
  readonly tone?: Tone;
  readonly children: string;
}

/** A status in words; its colour only repeats them. */
export function Tag({ tone = "neutral", children }: TagProps) {
  return <span className={`pw-tag pw-tag--${tone}`}>{children}</span>;
}
