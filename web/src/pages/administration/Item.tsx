import { type ReactNode, useId } from "react";
import type { SwitchedOffFactsFragment, SwitchKind } from "../../api/generated/graphql";
import { type Fact, Facts } from "../../ui/Facts";
import { Tag } from "../../ui/Tag";
import { Switch } from "./Switch";
import { offSentence } from "./words";

interface ItemProps {
  /** As people call it. */
  readonly name: string;
  /** What stands behind the name, such as an ODS code. */
  readonly code?: string | undefined;
  readonly off: SwitchedOffFactsFragment | null | undefined;
  readonly facts: readonly Fact[];
  /** How it is switched; null where it cannot be. */
  readonly switching: { readonly kind: SwitchKind; readonly what: string; readonly consequence: string } | null;
  readonly onSwitched: (all: readonly SwitchedOffFactsFragment[], news: string) => void;
  /** The buttons before its switch. */
  readonly children?: ReactNode;
  /** What stands below everything. */
  readonly below?: ReactNode;
}

/** One organisation, login, user or role: what is known of it, and its switch. */
export function Item({ name, code, off, facts, switching, onSwitched, children, below }: ItemProps) {
  const id = useId();
  return (
    <li className="pw-admin__item" data-off={off ? true : undefined} aria-labelledby={id}>
      <h3 className="pw-review__title" id={id} tabIndex={-1}>
        {name} {code ? <span className="pw-small">{code}</span> : null} {off ? <Tag tone="danger">Switched off</Tag> : null}
      </h3>
      {off ? <p className="pw-note">{offSentence(off)}</p> : null}
      <Facts facts={facts} />
      <div className="pw-buttons">
        {children}
        {switching === null ? null : <Switch {...switching} name={name} isOff={Boolean(off)} onSwitched={onSwitched} place={id} />}
      </div>
      {below}
    </li>
  );
}
