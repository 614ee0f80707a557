export { ApiError, type Problem, wasAborted } from "./errors";
export { type Answer, run } from "./graphql";
export * from "./record";
export { currentSession, type Session, signIn, signOut } from "./session";
export { signedOut } from "./transport";
