import type { ReactNode } from "react";

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** Names and values; what has no value is left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const known = facts.filter((f) => f.value !== null && f.value !== undefined && f.value !== "");
  if (known.length === 0) return null;
  return (
    <dl className="pw-facts">
      {known.map((f, i) => (
        <div className="pw-facts__row" key={`${f.label}#${i}`}>
          <dt>{f.label}</dt>
          <dd>{f.value}</dd>
        </div>
      ))}
    </dl>
  );
}
