import type { Session } from "../api";
import { Link } from "../navigation";
import { paths, type Route } from "../paths";
import { administers, approvesViews, home, keepsLinks, keepsLists, reviews, seesUsage, usesViews } from "../roles";
import { coded } from "../ui/words";
import { BrandName } from "./BrandName";

interface HeaderProps {
  /** Null while nobody works: nobody is signed in, the session is locked, or no role is taken. */
  readonly session: Session | null;
  readonly route: Route;
  /** How many reviews wait; null where that is not this reader's work. */
  readonly waiting: number | null;
  /** How many notices of repeated views are not read; null or left out where that is not known. */
  readonly told?: number | null;
  readonly onLock: () => void;
  readonly onSignOut: () => void;
}

/** Where we are and who is looking. */
export function Header({ session, route, waiting, told = null, onLock, onSignOut }: HeaderProps) {
  return (
    <header className="pw-header">
      <div className="pw-header__bar">
        <Link to={home(session?.role ?? "")} className="pw-header__name">
          <BrandName />
        </Link>
        {session === null ? null : (
          <>
            <nav aria-label="Main" className="pw-header__nav">
              {reviews(session.role) ? (
                <Link to={paths.reviews} aria-current={route.page === "reviews" ? "page" : undefined}>
                  Reviews
                  {waiting === null ? null : (
                    <span className="pw-header__count" data-waiting={waiting}>
                      {waiting}
                      <span className="nhsuk-u-visually-hidden"> {waiting === 1 ? "waits" : "wait"} to be looked at</span>
                    </span>
                  )}
                </Link>
              ) : null}
              {keepsLinks(session.role) ? (
                <Link to={paths.linking} aria-current={["linking", "links"].includes(route.page) ? "page" : undefined}>
                  Whose record?
                </Link>
              ) : null}
              {administers(session.role) ? (
                <>
                  <Link to={paths.policies} aria-current={route.page === "policies" ? "page" : undefined}>
                    Policies
                  </Link>
                  <Link to={paths.administration("organisations")} aria-current={["administration", "client", "new-client"].includes(route.page) ? "page" : undefined}>
                    Administration
                  </Link>
                </>
              ) : null}
              <Link to={paths.find} aria-current={route.page === "find" ? "page" : undefined}>
                Find a patient
              </Link>
              {keepsLists(session.role) ? (
                <Link to={paths.lists} aria-current={["lists", "list", "new-list", "add-to-list", "teams"].includes(route.page) ? "page" : undefined}>
                  Lists
                </Link>
              ) : null}
              {usesViews(session.role) || approvesViews(session.role) ? (
                <Link to={paths.views} aria-current={["views", "view", "view-run", "view-changes", "design-view"].includes(route.page) ? "page" : undefined}>
                  Views
                  {told === null || told === 0 ? null : (
                    <span className="pw-header__count" data-told={told}>
                      {told}
                      <span className="nhsuk-u-visually-hidden"> {told === 1 ? "notice" : "notices"} not read</span>
                    </span>
                  )}
                </Link>
              ) : null}
              {administers(session.role) ? (
                <Link to={paths.sources} aria-current={route.page === "sources" || route.page === "source" ? "page" : undefined}>
                  Sources
                </Link>
              ) : null}
              {seesUsage(session.role) ? (
                <Link to={paths.usage} aria-current={route.page === "usage" ? "page" : undefined}>
                  Usage
                </Link>
              ) : null}
              <Link to={paths.status} aria-current={route.page === "status" ? "page" : undefined}>
                Status
              </Link>
            </nav>
            <div className="pw-header__who">
              <Reader session={session} route={route} />
              <button type="button" onClick={onLock}>
                Lock
              </button>
              <button type="button" onClick={onSignOut}>
                Sign out
              </button>
            </div>
          </>
        )}
      </div>
    </header>
  );
}

/** Who is looking, as what, and for whom. */
function Reader({ session, route }: { readonly session: Session; readonly route: Route }) {
  return (
    <span>
      <Link to={paths.sessions} className="pw-header__reader" aria-current={route.page === "sessions" ? "page" : undefined}>
        {session.name}
        <span className="nhsuk-u-visually-hidden">: your sessions</span>
      </Link>
      , {coded(session.role)}
      {session.positions.length > 1 ? (
        <>
          {" "}
          <Link to={paths.role} className="pw-header__role" aria-current={route.page === "role" ? "page" : undefined}>
            Change role
          </Link>
        </>
      ) : null}
      <span className="pw-header__organisation">
        {session.organisation.name || "Organisation not known"}
        {session.organisation.ods ? ` (${session.organisation.ods})` : ""}
      </span>
    </span>
  );
}
