import { useEffect, useState } from "react";
import { currentSession, type Session, signOut } from "../../api";
import { RolePage } from "../role/RolePage";
import { TroublePage } from "../launch/TroublePage";

interface ApproveRoleProps {
  /** The ODS code of the organisation at which an EPR says the user works; "" for any. */
  readonly organisation: string;
  readonly onTaken: () => void;
  /** Nobody is signed in any more. */
  readonly onNobody: () => void;
}

/** Somebody with several roles says in which they act, before the app is told anything. */
export function ApproveRole({ organisation, onTaken, onNobody }: ApproveRoleProps) {
  const [session, setSession] = useState<Session | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    currentSession("active")
      .then((found) => {
        if (left) return;
        if (found === null) onNobody();
        else setSession(found);
      })
      .catch((error: unknown) => {
        if (!left) setTrouble(error);
      });
    return () => {
      left = true;
    };
    // Asked for once; onNobody only reads the approval again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  if (trouble !== null) return <TroublePage error={trouble}>{null}</TroublePage>;
  if (session === null) return <p role="status">Reading your roles</p>;
  return <RolePage session={session} at={organisation} onTaken={onTaken} onCancel={null} onSignOut={() => void signOut().catch(() => null).then(onNobody)} />;
}
