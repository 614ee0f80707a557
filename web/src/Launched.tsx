import { useState } from "react";
import type { Session } from "./api";
import { sentenceOf } from "./components/problems";
import { EndedPage } from "./pages/launch/EndedPage";
import { LockPage } from "./pages/lock/LockPage";
import { PatientPage } from "./pages/patient/PatientPage";
import { usePart } from "./pages/patient/usePart";
import { SessionContext } from "./session/context";
import { SessionEnd } from "./session/SessionEnd";
import { useWho } from "./session/useWho";
import { Shell } from "./Shell";
import { inFrame } from "./smart/frame";
import type { Grant } from "./smart/grant";
import { coded, stop } from "./ui/words";

/** One patient, as an EPR has opened it: there is no way to another, and none back but from the EPR. `grant` is null when it has ended. */
export function Launched({ grant }: { readonly grant: Grant | null }) {
  const { who, check, doubt, signOut, lock, unlocked } = useWho();
  const [trouble, setTrouble] = useState("");
  const { part, go } = usePart();
  const framed = inFrame();
  const session = who.state === "somebody" ? who.session : null;
  const leaveForGood = () => void signOut();
  const lockHere = () => {
    setTrouble("");
    lock().catch((error: unknown) => {
      setTrouble(`The session could not be locked. ${stop(sentenceOf(error))} Sign out instead.`);
    });
  };

  if (grant === null || who.state === "nobody") {
    return (
      <Shell>
        <EndedPage reason={who.state === "nobody" ? who.reason : ""} />
      </Shell>
    );
  }
  if (session === null) {
    return (
      <Shell>
        <p role="status">Opening the record</p>
      </Shell>
    );
  }
  if (session.locked) {
    return (
      <Shell>
        <LockPage session={session} problem="" onUnlocked={unlocked} onSignOut={leaveForGood} />
      </Shell>
    );
  }
  return (
    <SessionContext value={session}>
      <Shell patient header={<Opened epr={grant.epr} session={session} onLock={framed ? null : lockHere} onSignOut={leaveForGood} />}>
        {trouble ? (
          <p className="nhsuk-error-message" role="alert">
            {trouble}
          </p>
        ) : null}
        <PatientPage key={`${grant.patient} ${session.user} ${session.role}`} id={grant.patient} reader={session.name} role={session.role} part={part} onPart={go} limited={framed && grant.bannerElsewhere ? "named-around-it" : "to-this-patient"} />
      </Shell>
      <SessionEnd key={session.user} session={session} check={check} onOver={doubt} onSignOut={leaveForGood} />
    </SessionContext>
  );
}

interface OpenedProps {
  readonly epr: string;
  readonly session: Session;
  /** Null where nobody could lock the session: in a frame it is the EPR that is left. */
  readonly onLock: (() => void) | null;
  readonly onSignOut: () => void;
}

/** Who is looking, and that there is no more to see. */
function Opened({ epr, session, onLock, onSignOut }: OpenedProps) {
  return (
    <>
      <p className="pw-header__limited">
        {epr ? `Opened from ${epr}. ` : ""}
        This view is limited to this patient.
      </p>
      <div className="pw-header__who">
        <span>
          <span className="pw-header__reader">{session.name}</span>, {coded(session.role)}
          <span className="pw-header__organisation">
            {session.organisation.name || "Organisation not known"}
            {session.organisation.ods ? ` (${session.organisation.ods})` : ""}
          </span>
        </span>
        {onLock ? (
          <button type="button" onClick={onLock}>
            Lock
          </button>
        ) : null}
        <button type="button" onClick={onSignOut}>
          {onLock ? "Sign out" : "Close"}
        </button>
      </div>
    </>
  );
}
