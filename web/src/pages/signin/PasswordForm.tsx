import { type ReactNode, useState } from "react";
import { ApiError, type Login, type Session, signIn } from "../../api";
import { sentenceOf } from "../../components/problems";
import { ErrorSummary, type Wrong, wrongAt } from "../../ui/ErrorSummary";
import { TextField } from "../../ui/TextField";
import { needsPage } from "./problems";

interface PasswordFormProps {
  readonly login: Login;
  readonly onSignedIn: (session: Session) => void;
  /** Who they are is proved, or the way is closed: a page of its own says why they are not in. */
  readonly onRefused: (code: string, request: string) => void;
  /** Stands between the summary of what is wrong and the fields. */
  readonly children: ReactNode;
}

const ids = { username: "username", password: "password", code: "second-factor" } as const;

/** User name and password, and the six digits where the server asks for them. */
export function PasswordForm({ login, onSignedIn, onRefused, children }: PasswordFormProps) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [second, setSecond] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);

  const refused = (error: unknown) => {
    const reason = error instanceof ApiError ? error.code : "";
    if (needsPage(reason)) {
      onRefused(reason, error instanceof ApiError ? error.requestId : "");
      return;
    }
    setCode("");
    if (reason === "second-factor") {
      // The first time it is a question, and only then a mistake.
      setWrong(second ? [{ text: "The code is not right, or it was used already. Enter the next one", field: ids.code }] : []);
      setSecond(true);
      requestAnimationFrame(() => document.getElementById(ids.code)?.focus());
      return;
    }
    setPassword("");
    // The server does not say which of them it was.
    setWrong([{ text: second && reason === "refused" ? "The user name, the password or the code is not right. Enter the password and the next code" : sentenceOf(error) }]);
  };

  const submit = async () => {
    if (busy) return;
    const digits = code.replace(/\s/g, "");
    const missing = missingFrom(username, password, second ? digits : null);
    setWrong(missing);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      onSignedIn(await signIn(login.id, { username: username.trim(), password, code: second ? digits : "" }));
    } catch (error) {
      setBusy(false);
      refused(error);
    }
  };

  return (
    <>
      <ErrorSummary wrong={wrong} />
      {children}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          id={ids.username}
          label="User name"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          error={wrongAt(wrong, ids.username)}
          onChange={(event) => {
            setUsername(event.target.value);
          }}
        />
        <TextField
          id={ids.password}
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          error={wrongAt(wrong, ids.password)}
          onChange={(event) => {
            setPassword(event.target.value);
          }}
        />
        {second ? (
          <TextField
            id={ids.code}
            label="Six-digit code"
            hint="From your authenticator app."
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            width={10}
            required
            value={code}
            error={wrongAt(wrong, ids.code)}
            onChange={(event) => {
              setCode(event.target.value);
            }}
          />
        ) : null}
        <button className="nhsuk-button" type="submit" aria-disabled={busy}>
          {busy ? "Signing in" : "Sign in"}
        </button>
      </form>
    </>
  );
}

/** `digits` is null where no code is asked for. */
function missingFrom(username: string, password: string, digits: string | null): Wrong[] {
  return [
    ...(username.trim() ? [] : [{ text: "Enter your user name", field: ids.username }]),
    ...(password ? [] : [{ text: "Enter your password", field: ids.password }]),
    ...(digits === null || /^\d{6}$/.test(digits) ? [] : [{ text: "Enter the six digits of the code", field: ids.code }]),
  ];
}
