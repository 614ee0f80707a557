export { ApiError, type Problem, wasAborted } from "./errors";
export { type Answer, ask, run } from "./graphql";
export * from "./record";
export { confirmPassword, currentSession, type Session, signIn, signOut } from "./session";
export { signedOut } from "./transport";
