import { useState } from "react";
import type { AccountFactsFragment, SwitchedOffFactsFragment } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import { list } from "../../ui/words";
import { Item } from "./Item";
import { UserSessions } from "./UserSessions";
import { accountName, positionWords } from "./words";

interface UserProps {
  readonly account: AccountFactsFragment;
  readonly onSwitched: (all: readonly SwitchedOffFactsFragment[], news: string) => void;
}

/** One user: what they may work as, where they are signed in, and their switch. */
export function User({ account, onSwitched }: UserProps) {
  const [open, setOpen] = useState(false);
  const name = accountName(account);
  return (
    <Item
      name={name}
      off={account.off}
      facts={[
        {
          label: "Works as",
          value:
            account.positions.length === 0 ? null : (
              <ul className="pw-policy__list">
                {account.positions.map((p, i) => (
                  <li key={`${i}#${p.role ?? ""}`}>{positionWords(p)}</li>
                ))}
              </ul>
            ),
        },
        { label: "Identifiers", value: list(account.identifiers.map((i) => `${kindWords(i.kind)} ${i.value ?? ""}`)) },
        { label: "Signs in by", value: account.login },
        { label: "Vouched for by", value: account.issuer === "local" ? null : account.issuer },
        { label: "Known there as", value: account.subject },
        { label: "Account since", value: account.created ? formatInstant(account.created) : null },
        { label: "Last signed in", value: account.signedIn ? formatInstant(account.signedIn) : null },
        { label: "Disabled", value: account.disabled ? "Yes, by the operator of this server: “patchwork user” enables it again" : null },
      ]}
      switching={{ kind: "USER", what: account.id, consequence: "They cannot sign in any more, and their open sessions end at the next request" }}
      onSwitched={onSwitched}
      below={open ? <UserSessions account={account.id} name={name} /> : null}
    >
      <button
        type="button"
        className="pw-more"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {open ? "Hide sessions" : "Show sessions"}
        <span className="nhsuk-u-visually-hidden"> of {name}</span>
      </button>
    </Item>
  );
}

/** `gmc` as people write it. */
function kindWords(kind: string | null | undefined): string {
  if (kind === "email") return "e-mail";
  return (kind ?? "").toUpperCase();
}
