import { useEffect, useState } from "react";
import { run } from "../../api";
import { AdministrationChoicesDocument } from "../../api/generated/graphql";
import type { Choice } from "../../ui/SelectField";
import { organisationWords } from "./words";

interface Choices {
  readonly organisations: readonly Choice[];
  readonly logins: readonly Choice[];
  readonly roles: readonly Choice[];
}

/** By what lists can be narrowed; empty until it is known. */
export function useChoices(): Choices {
  const [choices, setChoices] = useState<Choices>({ organisations: [], logins: [], roles: [] });
  useEffect(() => {
    const controller = new AbortController();
    run(AdministrationChoicesDocument, {}, controller.signal).then(
      ({ data }) => {
        if (controller.signal.aborted) return;
        setChoices({
          organisations: (data?.organisations ?? []).map((o) => ({ code: o.ods, words: organisationWords(o) })),
          logins: (data?.logins ?? []).map((l) => ({ code: l.id, words: l.name ?? l.id })),
          roles: (data?.roles ?? []).map((r) => ({ code: r.role, words: r.words })),
        });
      },
      () => {
        // Without them the list is there, only not narrowed: it says itself what is wrong.
      },
    );
    return () => {
      controller.abort();
    };
  }, []);
  return choices;
}
