import { type AnchorHTMLAttributes, type MouseEvent, type ReactNode, useSyncExternalStore } from "react";
import { moved, navigate } from "./history";
import { type Route, routeOf } from "./paths";

function subscribe(changed: () => void): () => void {
  moved.addEventListener("moved", changed);
  window.addEventListener("popstate", changed);
  return () => {
    moved.removeEventListener("moved", changed);
    window.removeEventListener("popstate", changed);
  };
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => window.location.pathname));
}

/** What stands behind the question mark. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => window.location.search);
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: string;
  readonly children: ReactNode;
}

/** A link inside the viewer; with a modifier key it is the browser's. */
export function Link({ to, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  );
}
