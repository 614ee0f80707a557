import { lazy } from "react";
import type { Session } from "./api";
import { navigate } from "./history";
import { Link } from "./navigation";
import { ConfirmedPage } from "./pages/confirmed/ConfirmedPage";
import { FindPage } from "./pages/FindPage";
import { PatientPage } from "./pages/patient/PatientPage";
import { RolePage } from "./pages/role/RolePage";
import { paths, type Route } from "./paths";
import { administers, approvesViews, home, usesViews } from "./roles";
import { Later } from "./components/Later";

// Finding somebody and their record are what one comes for; every other page is fetched when it is wanted.
const AdministrationPage = lazy(() => import("./pages/administration/AdministrationPage").then((m) => ({ default: m.AdministrationPage })));
const ClientPage = lazy(() => import("./pages/administration/clients/ClientPage").then((m) => ({ default: m.ClientPage })));
const NewClientPage = lazy(() => import("./pages/administration/clients/NewClientPage").then((m) => ({ default: m.NewClientPage })));
const LinkingPage = lazy(() => import("./pages/linking/LinkingPage").then((m) => ({ default: m.LinkingPage })));
const LinksPage = lazy(() => import("./pages/linking/LinksPage").then((m) => ({ default: m.LinksPage })));
const AddPage = lazy(() => import("./pages/lists/add/AddPage").then((m) => ({ default: m.AddPage })));
const ListPage = lazy(() => import("./pages/lists/ListPage").then((m) => ({ default: m.ListPage })));
const ListsPage = lazy(() => import("./pages/lists/ListsPage").then((m) => ({ default: m.ListsPage })));
const NewListPage = lazy(() => import("./pages/lists/NewListPage").then((m) => ({ default: m.NewListPage })));
const TeamsPage = lazy(() => import("./pages/lists/teams/TeamsPage").then((m) => ({ default: m.TeamsPage })));
const LooksPage = lazy(() => import("./pages/looks/LooksPage").then((m) => ({ default: m.LooksPage })));
const PoliciesPage = lazy(() => import("./pages/policies/PoliciesPage").then((m) => ({ default: m.PoliciesPage })));
const ReviewsPage = lazy(() => import("./pages/reviews/ReviewsPage").then((m) => ({ default: m.ReviewsPage })));
const SessionsPage = lazy(() => import("./pages/sessions/SessionsPage").then((m) => ({ default: m.SessionsPage })));
const SourcePage = lazy(() => import("./pages/sources/SourcePage").then((m) => ({ default: m.SourcePage })));
const SourcesPage = lazy(() => import("./pages/SourcesPage").then((m) => ({ default: m.SourcesPage })));
const StatusPage = lazy(() => import("./pages/status/StatusPage").then((m) => ({ default: m.StatusPage })));
const UsagePage = lazy(() => import("./pages/usage/UsagePage").then((m) => ({ default: m.UsagePage })));
const ViewsPage = lazy(() => import("./pages/views/ViewsPage").then((m) => ({ default: m.ViewsPage })));
const DesignPage = lazy(() => import("./pages/views/design/DesignPage").then((m) => ({ default: m.DesignPage })));
const ViewPage = lazy(() => import("./pages/views/view/ViewPage").then((m) => ({ default: m.ViewPage })));
const RunPage = lazy(() => import("./pages/views/run/RunPage").then((m) => ({ default: m.RunPage })));

interface PageProps {
  readonly route: Route;
  readonly session: Session;
  /** How many reviews wait, whenever a page learns it. */
  readonly onWaiting: (waiting: number) => void;
  /** How many notices of repeated views are not read, whenever a page learns it. */
  readonly onTold: (unread: number) => void;
  /** Another role has been taken. */
  readonly onEnter: (session: Session) => void;
  /** The session has ended; the sentence says why. */
  readonly onLeave: (reason: string) => void;
  readonly onSignOut: () => void;
}

/** The page of an address. */
export function Page(props: PageProps) {
  return (
    <Later key={props.route.page} what="This page">
      <Wanted {...props} />
    </Later>
  );
}

function Wanted({ route, session, onWaiting, onTold, onEnter, onLeave, onSignOut }: PageProps) {
  const start = home(session.role);
  switch (route.page) {
    case "find":
      return <FindPage />;
    case "patient":
      return <PatientPage key={route.id} id={route.id} part={route.part} reader={session.name} role={session.role} />;
    case "looks":
      return <LooksPage key={route.id} id={route.id} />;
    case "links":
      return <LinksPage key={route.id} id={route.id} />;
    case "linking":
      return <LinkingPage />;
    case "reviews":
      return <ReviewsPage onWaiting={onWaiting} />;
    case "policies":
      return <PoliciesPage />;
    case "administration":
      return <AdministrationPage key={route.part} part={route.part} />;
    case "new-client":
      return <NewClientPage />;
    case "client":
      return <ClientPage key={route.id} id={route.id} />;
    case "lists":
      return <ListsPage />;
    case "new-list":
      return <NewListPage />;
    case "teams":
      return <TeamsPage />;
    case "list":
      return <ListPage key={route.id} id={route.id} />;
    case "add-to-list":
      return <AddPage key={route.id} id={route.id} />;
    case "views":
      return <ViewsPage uses={usesViews(session.role)} approves={approvesViews(session.role)} onTold={onTold} />;
    case "design-view":
      return <DesignPage id={route.id} role={session.role} />;
    case "view":
      return <ViewPage key={route.id} id={route.id} approves={approvesViews(session.role)} />;
    case "view-run":
      return <RunPage key={route.id} id={route.id} changes={false} onTold={onTold} />;
    case "view-changes":
      return <RunPage key={`${route.id} changes`} id={route.id} changes onTold={onTold} />;
    case "sources":
      return <SourcesPage administers={administers(session.role)} />;
    case "usage":
      return <UsagePage />;
    case "status":
      return <StatusPage />;
    case "source":
      return <SourcePage key={route.id} id={route.id} administers={administers(session.role)} />;
    case "sessions":
      return (
        <SessionsPage
          onEverywhere={() => {
            onLeave("You are signed out everywhere.");
          }}
        />
      );
    case "confirmed":
      return <ConfirmedPage />;
    case "role":
      return (
        <RolePage
          session={session}
          onSignOut={onSignOut}
          onCancel={() => {
            navigate(start);
          }}
          onTaken={onEnter}
        />
      );
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
