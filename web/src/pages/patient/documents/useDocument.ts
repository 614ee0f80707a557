import { useCallback, useEffect, useState } from "react";
import { ApiError, type Content, openDocument, wasAborted } from "../../../api";

export type Opening =
  | { readonly phase: "opening"; readonly received: number; readonly of: number | null }
  | { readonly phase: "stopped" }
  | { readonly phase: "failed"; readonly error: ApiError }
  | { readonly phase: "open"; readonly content: Content };

const beginning: Opening = { phase: "opening", received: 0, of: null };

/** Opens a document once, and again when asked; goes no further when nobody looks any more. */
export function useDocument(patient: string, document: string, wanted: boolean): { opening: Opening; cancel: () => void; again: () => void } {
  const [opening, setOpening] = useState<Opening>(beginning);
  const [attempt, setAttempt] = useState(0);
  const [stopped, setStopped] = useState<AbortController | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const stop = new AbortController();
    setStopped(stop);
    setOpening(beginning);
    openDocument({
      patient,
      document,
      signal: stop.signal,
      progress: (received, of) => {
        if (!stop.signal.aborted) setOpening({ phase: "opening", received, of });
      },
    }).then(
      (content) => {
        if (!stop.signal.aborted) setOpening({ phase: "open", content });
      },
      (error: unknown) => {
        if (stop.signal.aborted || wasAborted(error)) return;
        setOpening({ phase: "failed", error: error instanceof ApiError ? error : new ApiError("Something went wrong on this page", "VIEWER") });
      },
    );
    return () => {
      stop.abort();
    };
  }, [patient, document, wanted, attempt]);
  const cancel = useCallback(() => {
    stopped?.abort();
    setOpening({ phase: "stopped" });
  }, [stopped]);
  const again = useCallback(() => {
    setAttempt((n) => n + 1);
  }, []);
  return { opening, cancel, again };
}
