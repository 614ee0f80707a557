import { useRef, useState } from "react";
import type { Access } from "../../api";
import { Expander } from "../../ui/Expander";
import { Facts } from "../../ui/Facts";
import { Icon } from "../../ui/Icon";
import { Message } from "../../ui/Message";
import { list, sentence } from "../../ui/words";
import { BreakGlassDialog } from "./BreakGlassDialog";
import { ClaimForm } from "./ClaimForm";
import { isStranger, objectionsSentence, relationshipFact, relationshipWords } from "./words";

interface AccessPanelProps {
  readonly patient: string;
  readonly access: Access;
  /** Something changed what the reader may see: the record is to be read again. */
  readonly onChanged: (access: Access, how: "claimed" | "broken") => void;
}

/** What stands between the reader and this person, and what can be done about it. */
export function AccessPanel({ patient, access, onChanged }: AccessPanelProps) {
  const [open, setOpen] = useState<"" | "claim" | "glass">("");
  const claimButton = useRef<HTMLButtonElement>(null);
  const stranger = isStranger(access);
  const objections = objectionsSentence(access.objections);
  const claiming = open === "claim" && access.mayClaim;
  const mayBreak = access.mayBreakGlass && !access.breakGlass && !claiming;
  if (!stranger && !objections && !mayBreak && access.relationships.length === 0) return null;
  return (
    <section className={`pw-access${stranger ? " pw-access--stranger" : ""}`} id="access" tabIndex={-1} aria-labelledby="access-title">
      <h2 id="access-title" className={stranger ? "pw-access__title" : "nhsuk-u-visually-hidden"}>
        {stranger ? "You have no recorded relationship with this person" : "Why you may look"}
      </h2>
      {stranger ? (
        <p>
          Some of the record may be held back until it is known why you are looking.
          {access.mayClaim ? " If you are caring for this person, say why: it is recorded, lasts a day and is reviewed." : ""}
        </p>
      ) : null}
      <div className="pw-access__line">
        {access.relationships.length > 0 ? <Because access={access} /> : null}
        {access.mayClaim && stranger && !claiming ? (
          <button
            ref={claimButton}
            type="button"
            className="nhsuk-button nhsuk-button--small"
            onClick={() => {
              setOpen("claim");
            }}
          >
            State why you are looking
          </button>
        ) : null}
        {mayBreak ? (
          // Beside a reason to look it is there, and does not call for being used.
          <button
            type="button"
            className={stranger ? "nhsuk-button nhsuk-button--secondary nhsuk-button--small" : "pw-more"}
            aria-haspopup="dialog"
            onClick={() => {
              setOpen("glass");
            }}
          >
            <Icon name="glass" /> Break the glass
          </button>
        ) : null}
      </div>
      {objections ? <Message tone="withheld">{objections}</Message> : null}
      {claiming ? (
        <ClaimForm
          patient={patient}
          onClaimed={(next) => {
            setOpen("");
            onChanged(next, "claimed");
          }}
          onCancel={() => {
            setOpen("");
            requestAnimationFrame(() => claimButton.current?.focus());
          }}
        />
      ) : null}
      {open === "glass" ? (
        <BreakGlassDialog
          patient={patient}
          onBroken={(next) => {
            setOpen("");
            onChanged(next, "broken");
          }}
          onClose={() => {
            setOpen("");
          }}
        />
      ) : null}
    </section>
  );
}

function Because({ access: { relationships } }: { readonly access: Access }) {
  return (
    <div className="pw-access__because">
      <p>You may look at this record: {list([...new Set(relationships.map((r) => relationshipWords(r)))])}.</p>
      <Expander summary="Evidence" about="why you may look">
        <Facts facts={relationships.map((r) => ({ label: sentence(relationshipWords(r)), value: relationshipFact(r) }))} />
      </Expander>
    </div>
  );
}
