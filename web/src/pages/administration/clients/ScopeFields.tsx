import { useEffect, useId, useState } from "react";
import { run } from "../../../api";
import { ScopeWordsDocument, type ScopeWordsQuery } from "../../../api/generated/graphql";
import { wrongAt } from "../../../ui/ErrorSummary";
import { TextArea } from "../../../ui/TextArea";
import type { FieldsProps } from "./AppFields";
import { actsAsSomebody, scopesOf } from "./draft";
import { PositionFields } from "./PositionFields";
import { ScopeList } from "./ScopeList";

/** The scopes, and beside them what they let it do. */
export function ScopeFields(props: FieldsProps) {
  const { id, draft, wrong, onChange } = props;
  const heading = useId();
  const said = useScopeWords(scopesOf(draft));
  return (
    <>
      <TextArea
        id={`${id}-scopes`}
        label="Scopes"
        hint="The most that it may be granted, one a line"
        rows={6}
        spellCheck={false}
        value={draft.scopes}
        error={wrongAt(wrong, `${id}-scopes`)}
        onChange={(event) => {
          onChange({ scopes: event.target.value });
        }}
      />
      {said.length > 0 ? (
        <>
          <h2 className="pw-client__said" id={heading}>
            What these let it do
          </h2>
          <ScopeList scopes={said} heading={heading} />
        </>
      ) : null}
      {actsAsSomebody(draft) ? <PositionFields {...props} /> : null}
    </>
  );
}

type Said = NonNullable<ScopeWordsQuery["smartScopes"]>;

/** How long somebody must have stopped typing, in milliseconds. */
const pause = 300;

/** What scopes are in words; those of the last that could be asked while others are typed. */
function useScopeWords(scopes: readonly string[]): Said {
  const [said, setSaid] = useState<Said>([]);
  const key = scopes.join(" ");
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      run(ScopeWordsDocument, { scopes: key === "" ? [] : key.split(" ") }, controller.signal).then(
        ({ data }) => {
          if (!controller.signal.aborted) setSaid(data?.smartScopes ?? []);
        },
        () => {
          // Without words the scopes are there; proposing says itself what is wrong.
        },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key]);
  return said;
}
