import type { Approval } from "../../api";
import { usePage } from "../usePage";
import { RefuseButton } from "./RefuseButton";

/** The EPR's user and the one who has signed in here are two people: there is no way on. */
export function OtherUser({ approval: { app, launch, user }, onBack }: { readonly approval: Approval; readonly onBack: () => Promise<void> }) {
  const heading = usePage<HTMLHeadingElement>("Opened for somebody else");
  const epr = launch?.epr ?? "";
  return (
    <div className="pw-narrow" data-standing="other-user">
      <h1 ref={heading} tabIndex={-1}>
        {app.name} was opened for somebody else
      </h1>
      <p>
        {epr || "The system that you came from"} opened it for the person who is signed in there. {user ? <strong>{user.name}</strong> : "Another person"} is signed in to Patchwork in this browser.
      </p>
      <p>Nothing was opened, and this is recorded. If both are you, sign out here, sign in with the account that {epr || "that system"} knows you by, and open the patient again from there. If not, ask whoever is signed in to sign out.</p>
      <RefuseButton words="Go back without opening" onRefuse={onBack} />
    </div>
  );
}
