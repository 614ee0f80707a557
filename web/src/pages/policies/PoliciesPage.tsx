import { useState } from "react";
import type { PolicySetFactsFragment } from "../../api/generated/graphql";
import { formatInstant } from "../../ui/dates";
import { Expander } from "../../ui/Expander";
import { count, stop } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";
import { usePage } from "../usePage";
import { PolicyForm } from "./PolicyForm";
import { PolicyItem } from "./PolicyItem";
import { usePolicies } from "./usePolicies";
import { Versions } from "./Versions";

/** The policies of the region: read, changed and brought back by administrators. */
export function PoliciesPage() {
  const heading = usePage<HTMLHeadingElement>("Policies");
  const { held, problem, show, changed } = usePolicies();
  const focusAfter = useFocusAfter();
  const [adding, setAdding] = useState(false);
  const [news, setNews] = useState("");

  const saved = (set: PolicySetFactsFragment, what: string) => {
    changed(set);
    setAdding(false);
    setNews(`${what} Version ${set.version} is in force.`);
    focusAfter("policies");
  };

  const shown = held === null ? null : (held.earlier ?? held.current);
  const changeable = held?.earlier === null ? held.current.version : null;
  return (
    <>
      <h1 id="policies" ref={heading} tabIndex={-1}>
        Policies
      </h1>
      <p className="pw-lead">What no policy allows is refused, and a deny that applies always wins. A change takes effect on every server within a second.</p>
      {problem ? (
        <p className="nhsuk-error-message pw-lines" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <p role="status" className="pw-policies__news">
        {held === null && !problem ? "Reading the policies" : news}
      </p>
      {held !== null && shown !== null ? (
        <>
          <VersionLine set={shown} inForce={held.current.version} />
          <Expander summary="Earlier versions" about="the policies">
            <Versions
              versions={held.versions}
              inForce={held.current.version}
              shown={shown.version}
              onShow={(version) => {
                setNews(`Version ${version} is shown.`);
                show(version);
              }}
              onRestored={saved}
            />
          </Expander>
          <h2 className="pw-policies__title">{count(shown.policies.length, "policy", "policies")}</h2>
          {changeable !== null && !adding ? (
            <button
              type="button"
              className="nhsuk-button nhsuk-button--small"
              onClick={() => {
                setAdding(true);
              }}
            >
              Add a policy
            </button>
          ) : null}
          {changeable !== null && adding ? (
            <PolicyForm
              policy={null}
              version={changeable}
              onSaved={(set) => {
                saved(set, "The policy is added.");
              }}
              onCancel={() => {
                setAdding(false);
              }}
            />
          ) : null}
          <ul className="pw-policies">
            {shown.policies.map((policy) => (
              <PolicyItem key={`${policy.id}@${shown.version}`} policy={policy} version={changeable} onSaved={saved} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function VersionLine({ set, inForce }: { readonly set: PolicySetFactsFragment; readonly inForce: number }) {
  const earlier = set.version !== inForce;
  return (
    <div className={`nhsuk-inset-text${earlier ? " pw-policies__earlier" : ""}`}>
      <p>
        <strong>
          Version {set.version}, {earlier ? `which is not in force: version ${inForce} is` : "in force"}
        </strong>
        {set.at ? `, made ${formatInstant(set.at)}` : ""}
        {set.by ? ` by ${set.by}` : ""}
        {set.reason ? `: ${stop(set.reason)}` : "."}
      </p>
    </div>
  );
}
