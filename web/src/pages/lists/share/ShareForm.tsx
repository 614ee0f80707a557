import { useId, useState } from "react";
import { ask, type ListFacts } from "../../../api";
import { type ListPermission, type ShareFactsFragment, ShareListDocument, type TargetFactsFragment } from "../../../api/generated/graphql";
import { dateOf, DateField, type DateParts } from "../../../ui/DateField";
import { today } from "../../../ui/dates";
import { ErrorSummary, type Wrong, wrongAt } from "../../../ui/ErrorSummary";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import { useDeed } from "../useDeed";
import { TargetSearch } from "./TargetSearch";

interface ShareFormProps {
  readonly list: string;
  readonly onShared: (list: ListFacts, shares: readonly ShareFactsFragment[] | null | undefined, target: TargetFactsFragment) => void;
}

const noDay: DateParts = { day: "", month: "", year: "" };
const choices: readonly { readonly may: ListPermission; readonly label: string; readonly hint: string }[] = [
  { may: "READ", label: "Read it", hint: "See who is on it" },
  { may: "EDIT", label: "Change it", hint: "Also its people, order, title and columns" },
];

/** The last day of a share; null for none, undefined for a day that cannot be. */
export function untilOf(day: DateParts, now: string): string | null | undefined {
  if (Object.values(day).every((part) => (part as string).trim() === "")) return null;
  const date = dateOf(day);
  return date === null || date < now ? undefined : date;
}

/** Shares a list with somebody more. */
export function ShareForm({ list, onShared }: ShareFormProps) {
  const id = useId();
  const [target, setTarget] = useState<TargetFactsFragment | null>(null);
  const [may, setMay] = useState<ListPermission>("READ");
  const [day, setDay] = useState(noDay);
  const { busy, wrong, setWrong, act } = useDeed(id);

  const choose = (found: TargetFactsFragment | null) => {
    setTarget(found);
    if (found !== null && wrong.length > 0) setWrong([]);
  };
  const share = () => {
    const until = untilOf(day, today());
    const missing: Wrong[] = [
      ...(target === null ? [{ text: "Find and choose with whom to share it", field: `${id}-find` }] : []),
      ...(until === undefined ? [{ text: "Enter a day that is to come, or none", field: `${id}-until` }] : []),
    ];
    setWrong(missing);
    if (target === null || until === undefined) return;
    void act(async () => {
      const { kind, organisation } = target;
      const grantee = { kind, id: target.id, ...(kind === "ROLE" && organisation?.ods ? { organisation: organisation.ods } : {}) };
      const { shares, ...now } = await ask(ShareListDocument, { id: list, with: grantee, may, until }, (data) => data.shareList);
      setTarget(null);
      setDay(noDay);
      onShared(now, shares, target);
    });
  };

  return (
    <section aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Share it with somebody</h3>
      <ErrorSummary wrong={wrong} level={3} />
      <TargetSearch id={`${id}-find`} kinds={["PERSON", "TEAM", "ROLE"]} label="Name of a person, team or role" chosen={target} error={wrongAt(wrong, `${id}-find`)} onChoose={choose} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          share();
        }}
      >
        <TickGroup id={`${id}-may`} legend="What may they do?">
          {choices.map((choice) => (
            <Tick
              key={choice.may}
              group={`${id}-may`}
              label={choice.label}
              hint={choice.hint}
              checked={may === choice.may}
              onChange={() => {
                setMay(choice.may);
              }}
            />
          ))}
        </TickGroup>
        <div id={`${id}-until`} tabIndex={-1}>
          <DateField legend="Until which day? (optional)" hint="The last day it holds, for example 31 3 2027" value={day} error={wrongAt(wrong, `${id}-until`)} onChange={setDay} />
        </div>
        <button className="nhsuk-button" type="submit" aria-disabled={busy}>
          Share the list
        </button>
      </form>
    </section>
  );
}
