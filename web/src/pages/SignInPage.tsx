import { useRef, useState } from "react";
import { ApiError, type Session, signIn } from "../api";
import { stop } from "../ui/words";
import { TextField } from "../ui/TextField";
import { usePage } from "./usePage";

interface SignInPageProps {
  /** Why the page is shown, where it is not simply the beginning. */
  readonly reason: string;
  readonly onSignedIn: (session: Session) => void;
}

interface Errors {
  readonly summary: string;
  readonly username?: string;
  readonly password?: string;
}

export function SignInPage({ reason, onSignedIn }: SignInPageProps) {
  const heading = usePage<HTMLHeadingElement>("Sign in");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Errors | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  const usernameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  const fail = (next: Errors) => {
    setErrors(next);
    requestAnimationFrame(() => summary.current?.focus());
  };

  const submit = async () => {
    if (busy) return;
    if (!username.trim() || !password) {
      fail({
        summary: "Enter your user name and your password",
        ...(username.trim() ? {} : { username: "Enter your user name" }),
        ...(password ? {} : { password: "Enter your password" }),
      });
      return;
    }
    setBusy(true);
    try {
      onSignedIn(await signIn(username.trim(), password));
    } catch (error) {
      setBusy(false);
      setPassword("");
      fail({ summary: error instanceof ApiError ? error.message : "Signing in failed" });
    }
  };

  return (
    <div className="pw-narrow">
      {errors ? (
        <div className="nhsuk-error-summary" role="alert" tabIndex={-1} ref={summary} aria-labelledby="sign-in-problem">
          <h2 className="nhsuk-error-summary__title" id="sign-in-problem">
            There is a problem
          </h2>
          <div className="nhsuk-error-summary__body">
            <p>{stop(errors.summary)}</p>
          </div>
        </div>
      ) : null}
      <h1 ref={heading} tabIndex={-1}>
        Sign in
      </h1>
      {reason ? (
        <div className="nhsuk-inset-text">
          <p>{reason}</p>
        </div>
      ) : null}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label="User name"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          error={errors?.username}
          inputRef={usernameField}
          onChange={(event) => {
            setUsername(event.target.value);
          }}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          error={errors?.password}
          inputRef={passwordField}
          onChange={(event) => {
            setPassword(event.target.value);
          }}
        />
        <button className="nhsuk-button" type="submit" aria-disabled={busy}>
          {busy ? "Signing in" : "Sign in"}
        </button>
      </form>
      <p className="pw-small">What you look at is recorded: who, whom, when and why.</p>
    </div>
  );
}
