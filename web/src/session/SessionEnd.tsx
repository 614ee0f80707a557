import { useState } from "react";
import type { Session } from "../api";
import { EndingDialog } from "./EndingDialog";
import { useEnding } from "./useEnding";

interface SessionEndProps {
  readonly session: Session;
  readonly check: (how: "passive" | "active") => Promise<void>;
  readonly onOver: () => void;
  readonly onSignOut: () => void;
}

/** Watches the time of a session and warns before it is over. */
export function SessionEnd({ session, check, onOver, onSignOut }: SessionEndProps) {
  const ending = useEnding(session, { check, onOver });
  const [putAway, setPutAway] = useState(false);
  if (ending === null || (putAway && ending.why === "longest")) return null;
  return (
    <EndingDialog
      ending={ending}
      onStay={() => {
        void check("active");
      }}
      onSignOut={onSignOut}
      onSeen={() => {
        setPutAway(true);
      }}
    />
  );
}
