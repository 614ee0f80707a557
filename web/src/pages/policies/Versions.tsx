import { useState } from "react";
import { ask } from "../../api";
import { type PolicySetFactsFragment, type PolicyVersionsQuery, RestorePoliciesDocument } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import { ChangeForm } from "./ChangeForm";

type Version = PolicyVersionsQuery["policyVersions"][number];

interface VersionsProps {
  readonly versions: readonly Version[];
  /** The version in force. */
  readonly inForce: number;
  /** The version that is shown. */
  readonly shown: number;
  readonly onShow: (version: number) => void;
  readonly onRestored: (set: PolicySetFactsFragment, news: string) => void;
}

/** Every version of the policies: when, who and why; an earlier one can be read and brought back. */
export function Versions({ versions, inForce, shown, onShow, onRestored }: VersionsProps) {
  const [restoring, setRestoring] = useState<number | null>(null);
  return (
    <ol className="pw-versions" aria-label="Versions of the policies">
      {versions.map((v) => (
        <li key={v.version} data-version={v.version}>
          <p>
            <strong>{versionName(v.version, inForce)}</strong> {[v.at ? formatInstant(v.at) : "", v.by].filter(Boolean).join(", ")}
          </p>
          {v.reason ? <p className="pw-note">{v.reason}</p> : null}
          <div className="pw-buttons">
            {v.version === shown ? (
              <span className="pw-small">Shown</span>
            ) : (
              <button
                type="button"
                className="pw-more"
                onClick={() => {
                  onShow(v.version);
                }}
              >
                Show<span className="nhsuk-u-visually-hidden"> version {v.version}</span>
              </button>
            )}
            {v.version !== inForce && restoring !== v.version ? (
              <button
                type="button"
                className="pw-more"
                onClick={() => {
                  setRestoring(v.version);
                }}
              >
                Bring back<span className="nhsuk-u-visually-hidden"> version {v.version}</span>
              </button>
            ) : null}
          </div>
          {restoring === v.version ? (
            <ChangeForm
              title={`Bring back version ${v.version}`}
              change={(reason) => ask(RestorePoliciesDocument, { from: v.version, version: inForce, reason }, (data) => data.restorePolicies)}
              onChanged={(set) => {
                setRestoring(null);
                onRestored(set, `Version ${v.version} is in force again, as version ${set.version}.`);
              }}
              onCancel={() => {
                setRestoring(null);
              }}
            />
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function versionName(version: number, inForce: number): string {
  return version === inForce ? `Version ${version}, in force.` : `Version ${version}.`;
}
