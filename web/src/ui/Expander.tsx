import { type ReactNode, useState } from "react";

interface ExpanderProps {
  readonly summary: string;
  /** What it is about, for those who hear the summary without seeing its row. */
  readonly about?: string;
  /** What it holds. A function makes it when it is first opened: what stands behind hundreds of rows would make the page slow for everybody who opens none. */
  readonly children: ReactNode | (() => ReactNode);
}

/** The browser's own disclosure: keyboard and screen readers for free. */
export function Expander({ summary, about, children }: ExpanderProps) {
  const [wanted, setWanted] = useState(typeof children !== "function");
  const want = () => {
    setWanted(true);
  };
  return (
    <details className="pw-expander" onToggle={wanted ? undefined : want}>
      {/* A click comes before the opening, so that nothing is opened empty. */}
      <summary onClick={wanted ? undefined : want}>
        {summary}
        {about ? <span className="nhsuk-u-visually-hidden"> of <bdi>{about}</bdi></span> : null}
      </summary>
      <div className="pw-expander__body">{typeof children === "function" ? (wanted ? children() : null) : children}</div>
    </details>
  );
}
