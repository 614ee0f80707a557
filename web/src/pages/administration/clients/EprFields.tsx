import { useEffect, useState } from "react";
import { run } from "../../../api";
import { ClientsDocument } from "../../../api/generated/graphql";
import { wrongAt } from "../../../ui/ErrorSummary";
import type { Choice } from "../../../ui/SelectField";
import { TextArea } from "../../../ui/TextArea";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import { useChoices } from "../useChoices";
import type { FieldsProps } from "./AppFields";
import { KeyFields } from "./KeyFields";

/** What a patient record system needs that opens apps for its staff. */
export function EprFields({ id, draft, wrong, onChange }: FieldsProps) {
  const apps = useLaunchable();
  const { logins } = useChoices();
  const toggled = (among: readonly string[], code: string, on: boolean) => (on ? [...among, code] : among.filter((c) => c !== code));
  return (
    <>
      <KeyFields id={id} draft={draft} wrong={wrong} onChange={onChange} />
      <TickGroup id={`${id}-apps`} legend="Which apps may it open?" hint={apps?.length === 0 ? "No registered app can be launched: register one with a launch address first" : "Only these, whatever it asks for"} error={wrongAt(wrong, `${id}-apps`)}>
        {(apps ?? []).map(({ code, words }) => (
          <Tick
            key={code}
            label={words}
            checked={draft.apps.includes(code)}
            onChange={(on) => {
              onChange({ apps: toggled(draft.apps, code, on) });
            }}
          />
        ))}
      </TickGroup>
      <TextArea
        id={`${id}-organisations`}
        label="Organisations whose staff use it"
        hint="ODS codes, one a line. It can speak of nobody else’s staff"
        rows={2}
        spellCheck={false}
        value={draft.organisations}
        error={wrongAt(wrong, `${id}-organisations`)}
        onChange={(event) => {
          onChange({ organisations: event.target.value });
        }}
      />
      <TickGroup id={`${id}-logins`} legend="By which logins does it name its users?" hint="The user who then signs in must be the one whom it named" error={wrongAt(wrong, `${id}-logins`)}>
        {logins.map(({ code, words }) => (
          <Tick
            key={code}
            label={words}
            checked={draft.logins.includes(code)}
            onChange={(on) => {
              onChange({ logins: toggled(draft.logins, code, on) });
            }}
          />
        ))}
      </TickGroup>
      <TextArea
        id={`${id}-origins`}
        label="Pages in whose frames it opens apps (optional)"
        hint="Origins, one a line, such as https://epr.example. Without them apps open in a window of their own"
        rows={2}
        spellCheck={false}
        value={draft.origins}
        error={wrongAt(wrong, `${id}-origins`)}
        onChange={(event) => {
          onChange({ origins: event.target.value });
        }}
      />
      <Tick
        label="Its word for a user is enough"
        hint="What it signs of a user who has signed in here before is taken for a short sign-in, to that patient only"
        checked={draft.trust}
        onChange={(trust) => {
          onChange({ trust });
        }}
      />
      <Tick
        label="It may fill in the search by an address"
        hint="For old systems: NHS number and birth date, which nobody signed. The user signs in and confirms; no right follows from it"
        checked={draft.prefill}
        onChange={(prefill) => {
          onChange({ prefill });
        }}
      />
    </>
  );
}

/** The registered apps that can be launched; null until they are known. */
function useLaunchable(): readonly Choice[] | null {
  const [apps, setApps] = useState<readonly Choice[] | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    run(ClientsDocument, {}, controller.signal).then(
      ({ data }) => {
        if (!controller.signal.aborted) setApps((data?.smartClients ?? []).filter((c) => c.launchUrl).map((c) => ({ code: c.id, words: c.name ?? c.id })));
      },
      () => {
        // Proposing says itself what is wrong.
      },
    );
    return () => {
      controller.abort();
    };
  }, []);
  return apps;
}
