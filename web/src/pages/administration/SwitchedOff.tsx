import { useCallback, useState } from "react";
import { ask } from "../../api";
import { SwitchedOffDocument } from "../../api/generated/graphql";
import { count } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";
import { usePaged } from "../usePaged";
import { Item } from "./Item";
import { ListState } from "./ListState";
import { kinds } from "./words";

/** Everything that is switched off, newest first, to be switched on again. */
export function SwitchedOff({ heading }: { readonly heading: string }) {
  const focusAfter = useFocusAfter();
  const [news, setNews] = useState("");
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: await ask(SwitchedOffDocument, {}, (data) => data.switchedOff, signal), next: null }), []);
  const { items, problem, replace } = usePaged(read);
  return (
    <>
      <ListState news={news} problem={problem} state={items === null ? (problem ? "" : "Reading what is switched off") : items.length === 0 ? "Nothing is switched off." : `${count(items.length, "thing")} switched off.`} />
      <ul className="pw-admin">
        {(items ?? []).map((o, i) => (
          <Item
            key={`${o.kind}:${o.what ?? String(i)}`}
            name={o.name ?? o.what ?? "A user who has no account any more"}
            code={o.name && o.kind !== "USER" && o.what ? o.what : undefined}
            off={o}
            facts={[{ label: "Kind", value: kinds[o.kind] }]}
            switching={o.what ? { kind: o.kind, what: o.what, consequence: "" } : null}
            onSwitched={(all, said) => {
              setNews(said);
              focusAfter(heading); // its own place has gone
              replace(() => all);
            }}
          />
        ))}
      </ul>
    </>
  );
}
