/* Why somebody was not signed in, in words; the codes are those of docs/sign-in.md. */

/** One page about one problem. */
export interface ProblemWords {
  readonly title: string;
  readonly happened: string;
  readonly next: string;
}

/** Words about a sign-in at somewhere: the organisation's name, or "your organisation". */
type Worded = (at: string) => ProblemWords;

const general: Worded = (at) => ({
  title: "You could not be signed in",
  happened: `Something went wrong with your sign-in at ${at}.`,
  next: "Try again. If it happens again, tell your IT service desk the reference below.",
});

const worded: ReadonlyMap<string, Worded> = new Map<string, Worded>([
  [
    "refused",
    (at) => ({
      title: "Your user name or password was not accepted",
      happened: `They are not those of an account at ${at}.`,
      next: "Try again, and check that Caps Lock is off. If you have forgotten your password, ask the people who gave you the account.",
    }),
  ],
  [
    "locked",
    () => ({
      title: "Signing in is stopped for a few minutes",
      happened: "There were too many failed attempts to sign in.",
      next: "Wait 15 minutes and try again. If the failed attempts were not yours, tell your IT service desk.",
    }),
  ],
  [
    "expired",
    (at) => ({
      title: "Your sign-in took too long",
      happened: `It was not finished at ${at} within 10 minutes, or it was used already.`,
      next: "Try again. Do not use the browser’s Back button while you sign in.",
    }),
  ],
  [
    "other-browser",
    (at) => ({
      title: "Your sign-in began in another browser",
      happened: `The answer from ${at} belongs to a sign-in that was not begun here, or this browser does not keep cookies.`,
      next: "Try again in this browser, in one window. Allow cookies for this website.",
    }),
  ],
  [
    "declined",
    (at) => ({
      title: "You were not signed in",
      happened: `The sign-in was stopped at ${at}: by you, or because your account may not use Patchwork.`,
      next: "Try again. If you did not stop it yourself, ask your IT service desk whether your account may use Patchwork.",
    }),
  ],
  [
    "invalid-answer",
    (at) => ({
      title: "Patchwork could not accept the sign-in",
      happened: `What ${at} answered could not be checked. This is not something that you did.`,
      next: "Tell your IT service desk the reference below: somebody has to look at the connection.",
    }),
  ],
  [
    "no-role",
    (at) => ({
      title: "Your account has no access to Patchwork",
      happened: `You are signed in at ${at}, but nothing there gives you access to Patchwork.`,
      next: "Ask your line manager or your IT service desk which group you need, and to be put into it. Then try again.",
    }),
  ],
  [
    "not-strong-enough",
    (at) => ({
      title: "A stronger sign-in is needed",
      happened: `The way in which you signed in at ${at} is not strong enough for a care record.`,
      next: "Try again with your smart card, security key or authenticator. If you have none, ask your IT service desk.",
    }),
  ],
  [
    "switched-off",
    (at) => ({
      title: "Your access is switched off",
      happened: `An administrator of Patchwork has switched off your account, your role, or the sign-in of ${at}.`,
      next: "Ask your line manager or your IT service desk why.",
    }),
  ],
  [
    "other-user",
    (at) => ({
      title: "Somebody else signed in",
      happened: `You were asked to show that it is you, but another account signed in at ${at}.`,
      next: "Try again with the account that you began with.",
    }),
  ],
  [
    "unavailable",
    (at) => ({
      title: "Signing in does not work at the moment",
      happened: `Patchwork, or the sign-in of ${at}, cannot be reached.`,
      next: "Try again in a few minutes. Until then use the systems of your own organisation.",
    }),
  ],
]);

/** The words for a code; a code that is not known gets the general ones and is never shown. */
export function problemWords(code: string, at: string): ProblemWords {
  return (worded.get(code) ?? general)(at);
}

/** Reports whether another account, or another way, would help: the organisation must then ask again who it is, instead of remembering. */
export function anotherAccount(code: string): boolean {
  return ["declined", "no-role", "not-strong-enough", "other-user", "switched-off"].includes(code);
}

/** Reports whether a refusal is a page of its own rather than a sentence at the form. */
export function needsPage(code: string): boolean {
  return worded.has(code) && !["refused", "locked", "unavailable"].includes(code);
}
