import { createContext, useContext } from "react";
import type { Session } from "../api";

/** Who is signed in, for what is deep in a page; null for nobody. */
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session | null {
  return useContext(SessionContext);
}
