import { type Wrong, wrongAt } from "../../../ui/ErrorSummary";
import { TextArea } from "../../../ui/TextArea";
import { TextField } from "../../../ui/TextField";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import type { Draft } from "./draft";

interface KeyFieldsProps {
  /** What the ids of the fields begin with. */
  readonly id: string;
  readonly draft: Draft;
  readonly wrong: readonly Wrong[];
  readonly onChange: (change: Partial<Draft>) => void;
}

/** The keys by which a client signs: where they are fetched, or the set itself. */
export function KeyFields({ id, draft, wrong, onChange }: KeyFieldsProps) {
  return (
    <>
      <TickGroup id={`${id}-keysBy`} legend="Where are its public keys?">
        <Tick
          group={`${id}-keysBy`}
          label="At an address"
          hint="Best: it can change its keys without you"
          checked={draft.keysBy === "url"}
          onChange={() => {
            onChange({ keysBy: "url" });
          }}
        />
        <Tick
          group={`${id}-keysBy`}
          label="I have the key set"
          checked={draft.keysBy === "set"}
          onChange={() => {
            onChange({ keysBy: "set" });
          }}
        />
      </TickGroup>
      {draft.keysBy === "url" ? (
        <TextField
          id={`${id}-jwksUrl`}
          label="Address of the key set"
          hint="https://…"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={draft.jwksUrl}
          error={wrongAt(wrong, `${id}-jwksUrl`)}
          onChange={(event) => {
            onChange({ jwksUrl: event.target.value });
          }}
        />
      ) : (
        <TextArea
          id={`${id}-jwks`}
          label="Key set"
          hint="JSON of the public keys (JWKS): RSA of 2048 bits or more, or P-384, each with a kid. Never a private key"
          rows={6}
          spellCheck={false}
          value={draft.jwks}
          error={wrongAt(wrong, `${id}-jwks`)}
          onChange={(event) => {
            onChange({ jwks: event.target.value });
          }}
        />
      )}
    </>
  );
}
