import { useCallback, useEffect, useState } from "react";
import { type PatientPart, patientParts } from "../../paths";

/**
 * The part of a view that an EPR has opened: it has no address of its own, so that the part
 * stands with the entry in the browser's history, and back goes back.
 */
export function usePart(): { readonly part: PatientPart; readonly go: (part: PatientPart) => void } {
  const [part, setPart] = useState(kept);
  useEffect(() => {
    const moved = () => {
      setPart(kept());
    };
    window.addEventListener("popstate", moved);
    return () => {
      window.removeEventListener("popstate", moved);
    };
  }, []);
  const go = useCallback((to: PatientPart) => {
    window.history.pushState({ part: to }, "");
    window.scrollTo(0, 0);
    setPart(to);
  }, []);
  return { part, go };
}

function kept(): PatientPart {
  const state: unknown = window.history.state;
  const part = typeof state === "object" && state !== null && "part" in state ? state.part : "summary";
  return patientParts.find((p) => p === part) ?? "summary";
}
