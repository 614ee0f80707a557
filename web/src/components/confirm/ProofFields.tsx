import { wrongAt } from "../../ui/ErrorSummary";
import { TextField } from "../../ui/TextField";
import type { PasswordProof } from "./usePasswordProof";

/** Password, and the six digits where they are asked for. */
export function ProofFields({ id, proof }: { readonly id: string; readonly proof: PasswordProof }) {
  return (
    <>
      <TextField
        id={`${id}-password`}
        label="Your password"
        type="password"
        autoComplete="current-password"
        value={proof.password}
        error={wrongAt(proof.wrong, `${id}-password`)}
        onChange={(event) => {
          proof.type("password", event.target.value);
        }}
      />
      {proof.second ? (
        <TextField
          id={`${id}-code`}
          label="Six-digit code"
          hint="From your authenticator app."
          inputMode="numeric"
          autoComplete="one-time-code"
          width={10}
          value={proof.code}
          error={wrongAt(proof.wrong, `${id}-code`)}
          onChange={(event) => {
            proof.type("code", event.target.value);
          }}
        />
      ) : null}
    </>
  );
}
