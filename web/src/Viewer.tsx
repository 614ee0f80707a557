import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { currentSession, type Session } from "./api";
import { Support } from "./components/BrandName";
import { sentenceOf } from "./components/problems";
import { Header } from "./components/Header";
import { navigate } from "./history";
import { useRoute } from "./navigation";
import { Page } from "./Page";
import { keepPrefill } from "./pages/find/prefill";
import { TroublePage } from "./pages/launch/TroublePage";
import { LockPage } from "./pages/lock/LockPage";
import { useWaiting } from "./pages/reviews/useWaiting";
import { useTold } from "./pages/views/schedules/useTold";
import { RolePage } from "./pages/role/RolePage";
import { arrivalOf, cleaned, noArrival } from "./pages/signin/arrival";
import { ProblemPage } from "./pages/signin/ProblemPage";
import { remember } from "./pages/signin/remembered";
import { SignInPage } from "./pages/signin/SignInPage";
import { paths, type Route, startAt } from "./paths";
import { home } from "./roles";
import { wanted } from "./session/back";
import { SessionContext } from "./session/context";
import { SessionEnd } from "./session/SessionEnd";
import { useWho } from "./session/useWho";
import { depart } from "./smart/depart";
import type { Grant } from "./smart/grant";
import { stop } from "./ui/words";

/**
 * What stands on the page: the pages themselves only for somebody who has a role and has
 * not locked the session. `access`: the viewer, an app like any other, asks for its token.
 */
type Shown = "nothing" | "sign-in" | "lock" | "problem" | "role" | "access" | "page";

/** How much room a page has. */
function mainOf(page: Route["page"]): string {
  return page === "patient" ? "pw-main pw-main--patient" : page === "list" || page === "view-run" || page === "view-changes" || page === "design-view" ? "pw-main pw-main--wide" : "pw-main";
}

/** The whole viewer, for somebody who signs in here. */
export function Viewer({ grant }: { readonly grant: Grant | null }) {
  const route = useRoute();
  const { who, check, enter, leave, doubt, signOut, lock, unlocked } = useWho();
  const [arrival, setArrival] = useState(() => arrivalOf(window.location.pathname, window.location.search));
  const [trouble, setTrouble] = useState("");
  const session = who.state === "somebody" ? who.session : null;
  // A window that was opened to sign in again only tells so, and reads nothing.
  const shown = shownFor(who.state === "asking", session, arrival.problem, grant !== null || route.page === "confirmed");
  const noAccess = useAccess(grant, shown === "access" && route.page !== "sign-in" && !(route.page === "role" && (session?.positions.length ?? 0) <= 1), doubt);

  useEffect(() => {
    if (arrival.problem === "") return;
    window.history.replaceState(window.history.state, "", cleaned(arrival));
    // The sign-in and the lock page keep what they were told; whoever is signed in next was not.
    if (shown === "sign-in" || shown === "lock") setArrival({ ...arrival, problem: "" });
  }, [arrival, shown]);

  // Who is shown is whom the token stands for: not only whom the browser's cookie does.
  const token = grant?.id ?? "";
  useEffect(() => {
    if (token !== "") void check();
  }, [token, check]);

  const login = session?.login.id ?? "";
  useEffect(() => {
    remember(login);
  }, [login]);

  // What an EPR asks to be looked up goes from the address, and waits for whoever signs in.
  useEffect(() => {
    keepPrefill();
  }, []);

  // The sign-in page has an address of its own; where to go back to is kept with the
  // entry in the browser's history, and is only ever an address of the viewer.
  const role = session?.role ?? "";
  const several = (session?.positions.length ?? 0) > 1;
  useEffect(() => {
    if (shown === "sign-in" && route.page !== "sign-in") navigate(paths.signIn, "replace", { back: window.location.pathname });
    if ((shown === "page" || shown === "access") && (route.page === "sign-in" || (route.page === "role" && !several))) navigate(wanted() ?? home(role), "replace");
  }, [shown, route, role, several]);

  const leaveForGood = () => {
    setArrival(noArrival);
    void signOut();
    navigate(paths.signIn, "replace");
  };
  const take = (taken: Session) => {
    // The old role's page must not read anything as the new one.
    flushSync(() => {
      enter(taken);
    });
    if (route.page === "role") navigate(home(taken.role), "replace");
  };
  const lockHere = () => {
    setTrouble("");
    lock().catch((error: unknown) => {
      setTrouble(`The session could not be locked. ${stop(sentenceOf(error))} Sign out instead.`);
    });
  };

  const working = shown === "page" ? session : null;
  const { waiting, tell } = useWaiting(working?.role ?? "");
  const { told, tell: tellTold } = useTold(working?.role ?? "");
  return (
    <SessionContext value={session}>
      <a className="nhsuk-skip-link" href="#main">
        Skip to main content
      </a>
      <Header session={working} route={route} waiting={waiting} told={told} onLock={lockHere} onSignOut={leaveForGood} />
      <main id="main" tabIndex={-1} className={working ? mainOf(route.page) : "pw-main"}>
        {trouble && working ? (
          <p className="nhsuk-error-message" role="alert">
            {trouble}
          </p>
        ) : null}
        {shown === "nothing" ? <p role="status">Asking who is signed in</p> : null}
        {shown === "access" && noAccess === null ? <p role="status">Opening Patchwork</p> : null}
        {shown === "access" && noAccess !== null ? (
          <TroublePage error={noAccess}>
            <a className="nhsuk-button" href={window.location.pathname}>
              Try again
            </a>
            <button type="button" className="nhsuk-button nhsuk-button--secondary" onClick={leaveForGood}>
              Sign out
            </button>
          </TroublePage>
        ) : null}
        {who.state === "nobody" ? (
          <SignInPage
            reason={who.reason}
            elsewhere={who.elsewhere}
            arrival={arrival}
            onSignedIn={(signedIn) => {
              setArrival(noArrival);
              enter(signedIn);
            }}
          />
        ) : null}
        {who.state === "nobody" ? <Support /> : null}
        {session && shown === "lock" ? <LockPage session={session} problem={arrival.problem} onUnlocked={unlocked} onSignOut={leaveForGood} /> : null}
        {session && shown === "problem" ? (
          <ProblemPage code={arrival.problem} request={arrival.request} at={session.login.name}>
            <a className="nhsuk-button" href={startAt(session.login.id, paths.confirmed, "again")}>
              Try again
            </a>
            <button
              type="button"
              className="nhsuk-button nhsuk-button--secondary"
              onClick={() => {
                setArrival(noArrival);
              }}
            >
              Go on as {session.name}
            </button>
          </ProblemPage>
        ) : null}
        {session && shown === "role" ? <RolePage session={session} onTaken={take} onCancel={null} onSignOut={leaveForGood} /> : null}
        {session && shown === "page" ? (
          <Page key={standing(session)} route={route} session={session} onWaiting={tell} onTold={tellTold} onEnter={take} onLeave={leave} onSignOut={leaveForGood} />
        ) : null}
      </main>
      {session && !session.locked ? <SessionEnd key={session.user} session={session} check={check} onOver={doubt} onSignOut={leaveForGood} /> : null}
    </SessionContext>
  );
}

/**
 * Asks for a token when one is needed: the page is left and comes back here. A token that
 * was lost may be the end of the sign-in: then there is nobody to ask for. Why it is not
 * possible; null while it is.
 */
function useAccess(grant: Grant | null, needed: boolean, onNobody: () => void): unknown {
  const [problem, setProblem] = useState<unknown>(null);
  const had = useRef(false);
  useEffect(() => {
    if (grant !== null) had.current = true;
  }, [grant]);
  useEffect(() => {
    if (!needed) return;
    let over = false;
    const ask = async () => {
      const somebody = !had.current || (await currentSession()) !== null;
      if (over) return;
      if (somebody) await depart({ back: window.location.pathname });
      else onNobody();
    };
    ask().catch((error: unknown) => {
      if (!over) setProblem(error);
    });
    return () => {
      over = true;
    };
  }, [needed, onNobody]);
  return problem;
}

function shownFor(asking: boolean, session: Session | null, problem: string, access: boolean): Shown {
  if (asking) return "nothing";
  if (session === null) return "sign-in";
  if (session.locked) return "lock";
  if (problem !== "" && problem !== "left") return "problem";
  return session.positions.length > 1 && session.position < 0 ? "role" : access ? "page" : "access";
}

/** Everything that decides what may be seen: with another one every page starts anew. */
function standing({ user, role, organisation, careSetting, position }: Session): string {
  return JSON.stringify([user, role, organisation.ods, careSetting, position]);
}
