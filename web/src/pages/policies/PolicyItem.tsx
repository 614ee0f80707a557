import { useId, useState } from "react";
import { ask } from "../../api";
import { RemovePolicyDocument, type PolicySetFactsFragment } from "../../api/generated/graphql";
import { Facts } from "../../ui/Facts";
import { Tag } from "../../ui/Tag";
import { list, sentence } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";
import { ChangeForm } from "./ChangeForm";
import { conditionWords } from "./conditions";
import type { Policy } from "./draft";
import { PolicyForm } from "./PolicyForm";

interface PolicyItemProps {
  readonly policy: Policy;
  /** The version in force; null where an earlier one is shown, which nobody changes. */
  readonly version: number | null;
  readonly onSaved: (set: PolicySetFactsFragment, news: string) => void;
}

/** One policy as it reads, and the ways to change it. */
export function PolicyItem({ policy, version, onSaved }: PolicyItemProps) {
  const id = useId();
  const [open, setOpen] = useState<"" | "edit" | "remove">("");
  const focusAfter = useFocusAfter();
  const close = () => {
    focusAfter(id);
    setOpen("");
  };
  const all = (values: readonly string[]) =>
    values.length === 0 ? null : (
      <ul className="pw-policy__list">
        {values.map((v) => (
          <li key={v}>
            <code>{v}</code>
          </li>
        ))}
      </ul>
    );
  return (
    <li className="pw-policy" data-effect={policy.effect} data-policy={policy.id}>
      <h3 className="pw-policy__title" id={id} tabIndex={-1}>
        <code>{policy.id}</code> <Tag tone={policy.effect === "deny" ? "warning" : "good"}>{effectWords(policy)}</Tag>
      </h3>
      {policy.description ? <p>{policy.description}</p> : null}
      <Facts
        facts={[
          { label: "Roles", value: list(policy.roles) },
          { label: "Organisations", value: policy.organisations.length === 0 ? "all" : list(policy.organisations) },
          { label: "Actions", value: list(policy.actions) },
          { label: "Resources", value: all(policy.resources) },
          {
            label: "Only if",
            value:
              policy.when.length === 0 ? null : (
                <ul className="pw-policy__list">
                  {policy.when.map((c) => (
                    <li key={c.key}>{conditionWords(c)}</li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
      {version !== null && open === "" ? (
        <div className="pw-buttons">
          <button
            type="button"
            className="pw-more"
            onClick={() => {
              setOpen("edit");
            }}
          >
            Change<span className="nhsuk-u-visually-hidden"> {policy.id}</span>
          </button>
          <button
            type="button"
            className="pw-more"
            onClick={() => {
              setOpen("remove");
            }}
          >
            Remove<span className="nhsuk-u-visually-hidden"> {policy.id}</span>
          </button>
        </div>
      ) : null}
      {version !== null && open === "edit" ? (
        <PolicyForm
          policy={policy}
          version={version}
          onSaved={(set) => {
            setOpen("");
            onSaved(set, `${policy.id} is changed.`);
          }}
          onCancel={close}
        />
      ) : null}
      {version !== null && open === "remove" ? (
        <ChangeForm
          title={`Remove ${policy.id}`}
          change={(reason) => ask(RemovePolicyDocument, { id: policy.id, version, reason }, (data) => data.removePolicy)}
          onChanged={(set) => {
            setOpen("");
            onSaved(set, `${policy.id} is removed.`);
          }}
          onCancel={close}
        />
      ) : null}
    </li>
  );
}

function effectWords({ effect, mode }: Policy): string {
  if (effect !== "deny") return sentence(effect);
  return mode === "conceal" ? "Deny, as if it did not exist" : "Deny, and say so";
}
