/* Why an app was not given access, in words: for the viewer itself, on its way back from the authorize page. */

export interface RefusalWords {
  readonly title: string;
  readonly happened: string;
  readonly next: string;
}

interface How {
  /** An EPR has opened it. */
  readonly launched: boolean;
}

type Worded = (how: How) => RefusalWords;

const from = "the system that you came from";
const again = ({ launched }: How) => (launched ? `Open the patient again from ${from}.` : "Try again.");

const worded: ReadonlyMap<string, Worded> = new Map<string, Worded>([
  [
    "not-ours",
    () => ({
      title: "This page does not belong to anything you opened here",
      happened: "Nothing was asked for in this tab that it could be the answer to: it was answered already, it took longer than 15 minutes, or the address came from somewhere else.",
      next: `Begin again: open Patchwork, or open the patient again from ${from}.`,
    }),
  ],
  [
    "access_denied",
    (how) => ({
      title: "The record was not opened",
      happened: how.launched ? `Patchwork does not open this patient for you in this way, although ${from} asked for it.` : "Access was refused.",
      next: how.launched ? `Check that you are signed in to ${from} as yourself and that it shows the right patient, and open it again from there.` : "If you did not refuse it yourself, tell your IT service desk the words below.",
    }),
  ],
  [
    "invalid_request",
    (how) => ({
      title: how.launched ? "The record could not be opened from there" : "Patchwork could not be opened",
      happened: how.launched ? `What ${from} gave Patchwork to open the record with is not valid. It works once, and for a minute.` : "The way in which this page asked for access was not accepted.",
      next: again(how),
    }),
  ],
  [
    "login_required",
    (how) => ({
      title: "You have to sign in first",
      happened: "Nobody is signed in to Patchwork in this browser, or the sign-in has ended.",
      next: how.launched ? `Open the patient again from ${from}, and sign in when you are asked to.` : "Open Patchwork and sign in.",
    }),
  ],
  [
    "unauthorized_client",
    () => ({
      title: "Patchwork’s own pages may not be opened",
      happened: "The viewer is not registered on this server, or it is switched off.",
      next: "Tell your IT service desk: an administrator of Patchwork has to switch it on.",
    }),
  ],
  [
    "invalid_scope",
    () => ({
      title: "Patchwork’s own pages may not show records",
      happened: "The viewer is registered on this server with fewer rights than it needs.",
      next: "Tell your IT service desk: an administrator of Patchwork has to look at its registration.",
    }),
  ],
  [
    "temporarily_unavailable",
    (how) => ({
      title: "Patchwork cannot be opened at the moment",
      happened: "Something that Patchwork needs does not answer.",
      next: `Wait a few minutes. ${again(how)}`,
    }),
  ],
]);

const same: Readonly<Record<string, string>> = { interaction_required: "login_required", consent_required: "login_required", account_selection_required: "login_required", invalid_client: "unauthorized_client", invalid_grant: "invalid_request" };

const general: Worded = (how) => ({ title: "Patchwork could not be opened", happened: "Something went wrong on the server.", next: `${again(how)} If it happens again, tell your IT service desk.` });

/** The words for an OAuth error; a code that is not known gets the general ones and is never shown. */
export function refusalWords(code: string, how: How): RefusalWords {
  return (worded.get(same[code] ?? code) ?? general)(how);
}
