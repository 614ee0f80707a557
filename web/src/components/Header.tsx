import type { Session } from "../api";
import { Link } from "../navigation";
import { paths, type Route } from "../paths";
import { coded } from "../ui/words";

interface HeaderProps {
  readonly session: Session | null;
  readonly route: Route;
  readonly onSignOut: () => void;
}

/** Where we are and who is looking. */
export function Header({ session, route, onSignOut }: HeaderProps) {
  return (
    <header className="pw-header">
      <div className="pw-header__bar">
        <Link to={paths.find} className="pw-header__name">
          Patchwork <span className="pw-header__what">shared care record</span>
        </Link>
        {session === null ? null : (
          <>
            <nav aria-label="Main" className="pw-header__nav">
              <Link to={paths.find} aria-current={route.page === "find" ? "page" : undefined}>
                Find a patient
              </Link>
              <Link to={paths.sources} aria-current={route.page === "sources" ? "page" : undefined}>
                Sources
              </Link>
            </nav>
            <div className="pw-header__who">
              <span>
                <strong>{session.name}</strong>, {coded(session.role)}
                <span className="pw-header__organisation">
                  {session.organisation.name || "Organisation not known"}
                  {session.organisation.ods ? ` (${session.organisation.ods})` : ""}
                </span>
              </span>
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
