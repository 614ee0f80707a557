export { ApiError, type Problem, wasAborted } from "./errors";
export { type Answer, ask, run } from "./graphql";
export * from "./record";
export { renewed } from "./renewal";
export { confirmPassword, currentSession, lockSession, type Position, type Session, takePosition } from "./session";
export { endSessions, type OwnSession, ownSessions } from "./sessions";
export { type Credentials, type Elsewhere, type Login, logins, ownAccounts, signIn, signOut } from "./signin";
export { locked, signedOut } from "./transport";
export { lastUse } from "./use";
