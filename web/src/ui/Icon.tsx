export type IconName = "tick" | "cross" | "clock" | "warning" | "lock" | "half" | "none" | "glass" | "up" | "down" | "top";

const shapes: Readonly<Record<IconName, string>> = {
  tick: "M3 8.5 6.5 12 13 4.5",
  cross: "M4 4 12 12M12 4 4 12",
  clock: "M8 4.5V8l2.5 1.8M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z",
  warning: "M8 2 15 14H1ZM8 6.5v3.5M8 11.8v.4",
  lock: "M3.5 7.5h9v6h-9ZM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3",
  half: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 2v12",
  none: "M4 8h8",
  up: "M8 13V3M3.5 7.5 8 3 12.5 7.5",
  down: "M8 3v10M3.5 8.5 8 13 12.5 8.5",
  top: "M3 2.5h10M8 14V6M4 10 8 6 12 10",
  glass: "M3 2h10v12H3ZM8 2 6.5 6.5 10 8 7 10.5 9 14",
};

/** A shape beside words that say the same; hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="pw-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
