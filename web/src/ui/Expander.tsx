import type { ReactNode } from "react";

interface ExpanderProps {
  readonly summary: string;
  /** What it is about, for those who hear the summary without seeing its row. */
  readonly about?: string;
  readonly children: ReactNode;
}

/** The browser's own disclosure: keyboard, search in page and screen readers for free. */
export function Expander({ summary, about, children }: ExpanderProps) {
  return (
    <details className="pw-expander">
      <summary>
        {summary}
        {about ? <span className="nhsuk-u-visually-hidden"> of <bdi>{about}</bdi></span> : null}
      </summary>
      <div className="pw-expander__body">{children}</div>
    </details>
  );
}
