import { useState } from "react";
import { ask } from "../../api";
import { SwitchOffDocument, type SwitchedOffFactsFragment, type SwitchKind, SwitchOnDocument } from "../../api/generated/graphql";
import { useFocusAfter } from "../useFocusAfter";
import { ReasonForm } from "./ReasonForm";

interface SwitchProps {
  readonly kind: SwitchKind;
  /** As the server names it. */
  readonly what: string;
  /** As people call it. */
  readonly name: string;
  readonly isOff: boolean;
  /** What switching it off does, in a sentence. */
  readonly consequence: string;
  /** It is switched; `all` is everything that is off now. */
  readonly onSwitched: (all: readonly SwitchedOffFactsFragment[], news: string) => void;
  /** The id of the heading that gets the focus when the form has gone. */
  readonly place: string;
}

/** The button that switches something off or on, and the form that asks why. */
export function Switch({ kind, what, name, isOff, consequence, onSwitched, place }: SwitchProps) {
  const [open, setOpen] = useState(false);
  const focusAfter = useFocusAfter();
  const verb = isOff ? "Switch on" : "Switch off";
  const close = () => {
    setOpen(false);
    focusAfter(place);
  };
  if (!open) {
    return (
      <button
        type="button"
        className="pw-more"
        onClick={() => {
          setOpen(true);
        }}
      >
        {verb}
        <span className="nhsuk-u-visually-hidden"> {name}</span>
      </button>
    );
  }
  return (
    <ReasonForm
      title={`${verb} ${name}`}
      lead={isOff ? "It holds from the next sign-in" : consequence}
      change={async (reason) => {
        const all = isOff
          ? await ask(SwitchOnDocument, { kind, what, reason }, (data) => data.switchOn)
          : await ask(SwitchOffDocument, { kind, what, reason }, (data) => data.switchOff);
        close();
        onSwitched(all, `${name} is switched ${isOff ? "on" : "off"}.`);
      }}
      onCancel={close}
    />
  );
}
