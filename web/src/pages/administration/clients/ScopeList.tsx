interface ScopeListProps {
  readonly scopes: readonly { readonly scope: string; readonly words?: string | null }[];
  /** The id of the heading that names it. */
  readonly heading: string;
}

/** Scopes in plain words, each beside its own text. */
export function ScopeList({ scopes, heading }: ScopeListProps) {
  return (
    <ul className="pw-client__scopes" aria-labelledby={heading}>
      {scopes.map(({ scope, words }) => (
        <li key={scope} data-unknown={words ? undefined : true}>
          {words ?? "This server does not know this scope"} <code>{scope}</code>
        </li>
      ))}
    </ul>
  );
}
