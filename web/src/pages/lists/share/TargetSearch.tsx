import { useState } from "react";
import { ask } from "../../../api";
import { type GranteeKind, ShareTargetsDocument, type TargetFactsFragment } from "../../../api/generated/graphql";
import { sentenceOf } from "../../../components/problems";
import { TextField } from "../../../ui/TextField";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import { characters, count, stop } from "../../../ui/words";
import { targetWords } from "../words";

interface TargetSearchProps {
  readonly id: string;
  readonly kinds: readonly GranteeKind[];
  readonly label: string;
  readonly chosen: TargetFactsFragment | null;
  readonly error?: string | undefined;
  readonly onChoose: (target: TargetFactsFragment | null) => void;
}

/** Finds somebody by a piece of their name; in the reader's own organisation, or in another by its ODS code. */
export function TargetSearch({ id, kinds, label, chosen, error, onChoose }: TargetSearchProps) {
  const [text, setText] = useState("");
  const [organisation, setOrganisation] = useState("");
  const [found, setFound] = useState<readonly TargetFactsFragment[] | null>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const search = async () => {
    if (busy) return;
    setProblem("");
    if (characters(text) < 2) {
      setProblem("Enter at least two letters");
      return;
    }
    setBusy(true);
    try {
      const targets = await ask(ShareTargetsDocument, { text: text.trim(), organisation: organisation.trim() || null }, (data) => data.shareTargets);
      setFound(targets.filter((t) => kinds.includes(t.kind)));
      onChoose(null);
    } catch (failed) {
      setFound(null);
      setProblem(sentenceOf(failed));
    }
    setBusy(false);
  };

  return (
    <form
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void search();
      }}
    >
      <TextField
        id={id}
        label={label}
        width={20}
        spellCheck={false}
        value={text}
        error={problem ? stop(problem) : error}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <TextField
        id={`${id}-organisation`}
        label="ODS code of another organisation (optional)"
        width={10}
        spellCheck={false}
        value={organisation}
        onChange={(event) => {
          setOrganisation(event.target.value);
        }}
      />
      <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit" aria-disabled={busy}>
        Find
      </button>
      <p role="status" className="pw-small">
        {found === null ? "" : found.length === 0 ? "Nobody found who has used Patchwork there." : `${count(found.length, "match", "matches")} found. Choose one.`}
      </p>
      {found && found.length > 0 ? (
        <TickGroup id={`${id}-found`} legend="Who is meant?">
          {found.map((target) => (
            <Tick
              key={`${target.kind} ${target.id} ${target.organisation?.ods ?? ""}`}
              group={`${id}-found`}
              label={targetWords(target)}
              checked={chosen === target}
              onChange={() => {
                onChoose(target);
              }}
            />
          ))}
        </TickGroup>
      ) : null}
    </form>
  );
}
