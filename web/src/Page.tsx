import type { Session } from "./api";
import { navigate } from "./history";
import { Link } from "./navigation";
import { AdministrationPage } from "./pages/administration/AdministrationPage";
import { ClientPage } from "./pages/administration/clients/ClientPage";
import { NewClientPage } from "./pages/administration/clients/NewClientPage";
import { ConfirmedPage } from "./pages/confirmed/ConfirmedPage";
import { FindPage } from "./pages/FindPage";
import { LinkingPage } from "./pages/linking/LinkingPage";
import { LinksPage } from "./pages/linking/LinksPage";
import { AddPage } from "./pages/lists/add/AddPage";
import { ListPage } from "./pages/lists/ListPage";
import { ListsPage } from "./pages/lists/ListsPage";
import { NewListPage } from "./pages/lists/NewListPage";
import { TeamsPage } from "./pages/lists/teams/TeamsPage";
import { LooksPage } from "./pages/looks/LooksPage";
import { PatientPage } from "./pages/patient/PatientPage";
import { PoliciesPage } from "./pages/policies/PoliciesPage";
import { ReviewsPage } from "./pages/reviews/ReviewsPage";
import { RolePage } from "./pages/role/RolePage";
import { SessionsPage } from "./pages/sessions/SessionsPage";
import { SourcesPage } from "./pages/SourcesPage";
import { paths, type Route } from "./paths";
import { home } from "./roles";

interface PageProps {
  readonly route: Route;
  readonly session: Session;
  /** How many reviews wait, whenever a page learns it. */
  readonly onWaiting: (waiting: number) => void;
  /** Another role has been taken. */
  readonly onEnter: (session: Session) => void;
  /** The session has ended; the sentence says why. */
  readonly onLeave: (reason: string) => void;
  readonly onSignOut: () => void;
}

/** The page of an address. */
export function Page({ route, session, onWaiting, onEnter, onLeave, onSignOut }: PageProps) {
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
    case "sources":
      return <SourcesPage />;
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
