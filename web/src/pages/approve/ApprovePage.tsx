import { useEffect, useReducer, useState } from "react";
import { ApiError, type Approval, type Decision, decide, waitingFor } from "../../api";
import { browser } from "../../history";
import { paths } from "../../paths";
import { inFrame } from "../../smart/frame";
import { decided, type Waiting, waitingAt } from "../../smart/handle";
import { clientId } from "../../smart/ours";
import { handOver } from "../../smart/pending";
import { OpenInWindow } from "../launch/OpenInWindow";
import { TroublePage } from "../launch/TroublePage";
import { noArrival } from "../signin/arrival";
import { SignInPage } from "../signin/SignInPage";
import { ApproveRole } from "./ApproveRole";
import { Consent } from "./Consent";
import { OtherUser } from "./OtherUser";
import { PatientChoice } from "./PatientChoice";

/** An app asks for access: who the user is, for whom it is, and whether they allow it. */
export function ApprovePage({ search }: { readonly search: string }) {
  const [waiting] = useState(() => waitingAt(search, window.location.hash));
  useEffect(() => {
    // In a frame the address stays, for whoever loads the frame again.
    if (waiting !== null && !inFrame()) window.history.replaceState(window.history.state, "", paths.approve);
  }, [waiting]);
  return waiting === null ? <Gone /> : <Approving waiting={waiting} />;
}

function Approving({ waiting }: { readonly waiting: Waiting }) {
  const { handle } = waiting;
  const [approval, setApproval] = useState<Approval | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [turn, again] = useReducer((n: number) => n + 1, 0);
  const [patient, setPatient] = useState<{ readonly id: string; readonly words: string } | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    waitingFor(handle, controller.signal)
      .then((found) => {
        setApproval(found);
        setTrouble(null);
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setTrouble(error);
      });
    return () => {
      controller.abort();
    };
  }, [handle, turn]);

  /** Goes on to the app; throws what is to be shown where the user decided. */
  const answer = async (decision: Decision) => {
    try {
      const location = await decide(handle, decision);
      decided(waiting, location);
      browser.leave(location);
    } catch (error) {
      if (error instanceof ApiError && ["not-signed-in", "other-user", "role"].includes(error.code)) again();
      else if (error instanceof ApiError && error.code === "gone") setTrouble(error);
      else throw error;
    }
  };

  if (trouble !== null) {
    if (trouble instanceof ApiError && trouble.code === "gone") return <Gone />;
    return (
      <TroublePage error={trouble}>
        <button type="button" className="nhsuk-button" onClick={again}>
          Try again
        </button>
      </TroublePage>
    );
  }
  if (approval === null) return <p role="status">Reading what is asked for</p>;
  const { standing, app } = approval;
  if (inFrame() && (standing === "sign-in" || standing === "role")) {
    const going = app.id === clientId ? `#going=${handOver()}` : "";
    return (
      <OpenInWindow
        address={`${paths.approve}?tx=${encodeURIComponent(handle)}${going}`}
        why={`${app.name} needs to know who you are. Nobody signs in inside another system’s page: it goes on in a window of its own.`}
      />
    );
  }
  switch (standing) {
    case "sign-in":
      return <SignInPage reason={signInReason(approval)} elsewhere={null} arrival={{ ...noArrival, login: approval.launch?.login ?? "" }} back={paths.approve} onSignedIn={again} />;
    case "role":
      return <ApproveRole organisation={approval.launch?.organisation ?? ""} onTaken={again} onNobody={again} />;
    case "other-user":
      return <OtherUser approval={approval} onBack={() => answer({ decision: "refuse" })} />;
    case "patient":
      if (patient === null) return <PatientChoice app={app.name} onChosen={setPatient} onRefuse={() => answer({ decision: "refuse" })} />;
      break;
    case "ready":
      return <GoingOn answer={answer} onTrouble={setTrouble} />;
    case "approve":
      break;
  }
  return (
    <Consent
      approval={approval}
      patient={patient?.words ?? ""}
      onOther={
        patient === null
          ? null
          : () => {
              setPatient(null);
            }
      }
      onAnswer={(decision) => answer(decision.decision === "approve" && patient !== null ? { ...decision, patient: patient.id } : decision)}
    />
  );
}

/** Nothing is asked of the user of a trusted app, once it is known who they are. */
function GoingOn({ answer, onTrouble }: { readonly answer: (decision: Decision) => Promise<void>; readonly onTrouble: (error: unknown) => void }) {
  const [begun, begin] = useReducer(() => true, false);
  useEffect(() => {
    if (begun) answer({ decision: "approve" }).catch(onTrouble);
    // Once: another rendering brings other functions, and asks for nothing else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [begun]);
  useEffect(() => {
    begin();
  }, []);
  return <p role="status">Going on</p>;
}

function signInReason({ app, launch }: Approval): string {
  return launch ? `${launch.epr || "Another system"} has opened ${app.name} for you. Sign in as yourself to go on.` : `${app.name} asks for access to records. Sign in to see what it asks for.`;
}

function Gone() {
  return (
    <TroublePage error={new ApiError("What an app asked for here is over: it was answered already, or it is older than 10 minutes. Open the app again", "gone")}>
      <a className="nhsuk-button nhsuk-button--secondary" href={paths.find} {...(inFrame() ? { target: "_blank", rel: "noopener" } : {})}>
        Open Patchwork
      </a>
    </TroublePage>
  );
}
