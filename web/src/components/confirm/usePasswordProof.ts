import { useCallback, useState } from "react";
import { ApiError, confirmPassword } from "../../api";
import type { Wrong } from "../../ui/ErrorSummary";
import { sentenceOf } from "../problems";

/** A proof by password that is being given: what has been typed, and what was wrong with it. */
export interface PasswordProof {
  readonly password: string;
  readonly code: string;
  /** The six digits are asked for too. */
  readonly second: boolean;
  readonly wrong: readonly Wrong[];
  readonly type: (field: "password" | "code", text: string) => void;
  /** Sends it; true if the server is satisfied. What was typed is forgotten, but while the code is awaited. */
  readonly prove: () => Promise<boolean>;
  readonly reset: (wrong?: readonly Wrong[]) => void;
}

/** The ids of the fields begin with `id`. */
export function usePasswordProof(id: string): PasswordProof {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [second, setSecond] = useState(false);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);

  const reset = useCallback((next: readonly Wrong[] = []) => {
    setPassword("");
    setCode("");
    setSecond(false);
    setWrong(next);
  }, []);

  const prove = async (): Promise<boolean> => {
    const digits = code.replace(/\s/g, "");
    const missing: Wrong[] = [
      ...(password ? [] : [{ text: "Enter your password", field: `${id}-password` }]),
      ...(!second || /^\d{6}$/.test(digits) ? [] : [{ text: "Enter the six digits of the code", field: `${id}-code` }]),
    ];
    setWrong(missing);
    if (missing.length > 0) return false;
    if (!second) setPassword("");
    try {
      await confirmPassword(password, second ? digits : "");
    } catch (error) {
      if (error instanceof ApiError && error.code === "second-factor") {
        setPassword(password);
        setCode("");
        setSecond(true);
        setWrong(second ? [{ text: "The code is not right, or it was used already. Enter the next one", field: `${id}-code` }] : []);
        requestAnimationFrame(() => document.getElementById(`${id}-code`)?.focus());
        return false;
      }
      const both = second && error instanceof ApiError && error.code === "refused";
      reset([{ text: both ? "The password or the code is not right. Enter the password and the next code" : sentenceOf(error), field: `${id}-password` }]);
      setSecond(both); // the server does not say which of them it was
      return false;
    }
    reset();
    return true;
  };

  const type = useCallback((field: "password" | "code", text: string) => {
    if (field === "password") setPassword(text);
    else setCode(text);
  }, []);

  return { password, code, second, wrong, type, prove, reset };
}
