import { useCallback, useEffect, useState } from "react";
import { ApiError, currentSession, type Session, signedOut, signOut } from "./api";
import { Header } from "./components/Header";
import { Link, navigate, useRoute } from "./navigation";
import { FindPage } from "./pages/FindPage";
import { PatientPage } from "./pages/PatientPage";
import { LooksPage } from "./pages/looks/LooksPage";
import { PoliciesPage } from "./pages/policies/PoliciesPage";
import { ReviewsPage } from "./pages/reviews/ReviewsPage";
import { useWaiting } from "./pages/reviews/useWaiting";
import { SignInPage } from "./pages/SignInPage";
import { SourcesPage } from "./pages/SourcesPage";
import { paths, type Route, routeOf } from "./paths";
import { home } from "./roles";

/** Other tabs of the viewer hear of a sign-out at once. */
const otherTabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("patchwork-session");

type Who = { readonly state: "asking" } | { readonly state: "nobody"; readonly reason: string } | { readonly state: "somebody"; readonly session: Session };

export function App() {
  const route = useRoute();
  const [who, setWho] = useState<Who>({ state: "asking" });

  const leave = useCallback((reason: string) => {
    setWho({ state: "nobody", reason });
  }, []);

  const check = useCallback(async () => {
    try {
      const session = await currentSession();
      setWho((before) => {
        if (session) return { state: "somebody", session };
        return before.state === "somebody" ? { state: "nobody", reason: "Your session has ended. Sign in to go on where you were." } : { state: "nobody", reason: before.state === "nobody" ? before.reason : "" };
      });
    } catch (error) {
      setWho((before) => (before.state === "somebody" ? before : { state: "nobody", reason: error instanceof ApiError ? error.message : "" }));
    }
  }, []);

  useEffect(() => {
    void check();
    const ended = () => {
      leave("Your session has ended. Sign in to go on where you were.");
    };
    // A page that comes back from the browser's memory, or into sight, may be nobody's by now.
    const seen = () => {
      if (document.visibilityState === "visible") void check();
    };
    const elsewhere = () => {
      leave("You signed out in another tab.");
    };
    signedOut.addEventListener("signed-out", ended);
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("pageshow", seen);
    otherTabs?.addEventListener("message", elsewhere);
    return () => {
      signedOut.removeEventListener("signed-out", ended);
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("pageshow", seen);
      otherTabs?.removeEventListener("message", elsewhere);
    };
  }, [check, leave]);

  // The sign-in page has an address of its own; where to go back to is kept with the
  // entry in the browser's history, and is only ever an address of the viewer.
  useEffect(() => {
    if (who.state === "nobody" && route.page !== "sign-in") navigate(paths.signIn, "replace", { back: window.location.pathname });
    if (who.state === "somebody" && route.page === "sign-in") navigate(backFrom(window.history.state, home(who.session.role)), "replace");
  }, [who, route]);

  const leaveForGood = async () => {
    try {
      await signOut();
    } catch {
      setWho({ state: "nobody", reason: "The server could not confirm the sign-out. Close the browser." });
      return;
    }
    otherTabs?.postMessage("signed out");
    navigate(paths.signIn, "replace");
    leave("You are signed out.");
  };

  const session = who.state === "somebody" ? who.session : null;
  const { waiting, tell } = useWaiting(session?.role ?? "");
  return (
    <>
      <a className="nhsuk-skip-link" href="#main">
        Skip to main content
      </a>
      <Header
        session={session}
        route={route}
        waiting={waiting}
        onSignOut={() => {
          void leaveForGood();
        }}
      />
      <main id="main" tabIndex={-1} className={route.page === "patient" && session ? "pw-main pw-main--patient" : "pw-main"}>
        {who.state === "asking" ? <p role="status">Asking who is signed in</p> : null}
        {who.state === "nobody" ? (
          <SignInPage
            reason={who.reason}
            onSignedIn={(signedIn) => {
              setWho({ state: "somebody", session: signedIn });
            }}
          />
        ) : null}
        {session ? <Page route={route} session={session} onWaiting={tell} /> : null}
      </main>
    </>
  );
}

interface PageProps {
  readonly route: Route;
  readonly session: Session;
  /** How many reviews wait, whenever a page learns it. */
  readonly onWaiting: (waiting: number) => void;
}

function Page({ route, session, onWaiting }: PageProps) {
  switch (route.page) {
    case "find":
      return <FindPage />;
    case "patient":
      return <PatientPage key={route.id} id={route.id} reader={session.name} role={session.role} />;
    case "looks":
      return <LooksPage key={route.id} id={route.id} />;
    case "reviews":
      return <ReviewsPage onWaiting={onWaiting} />;
    case "policies":
      return <PoliciesPage />;
    case "sources":
      return <SourcesPage />;
    case "sign-in":
      return null;
    case "nowhere":
      return (
        <>
          <h1>There is no such page</h1>
          <p>
            <Link to={paths.find}>Find a patient</Link>
          </p>
        </>
      );
  }
}

/** Where somebody was going, or where their role begins. */
function backFrom(state: unknown, start: string): string {
  const back = typeof state === "object" && state !== null && "back" in state && typeof state.back === "string" ? state.back : paths.find;
  const route = routeOf(back);
  return ["nowhere", "sign-in", "find"].includes(route.page) ? start : back;
}
