import { Facts } from "../../ui/Facts";
import { Expander } from "../../ui/Expander";
import type { Explanation } from "./Why";

/** How each policy stood to the question, and on what: only those who administer or audit are told. */
export function Verdicts({ explanation }: { readonly explanation: Explanation }) {
  const { policies, attributes, resource, policyVersion } = explanation;
  if (!policies && !attributes) return null;
  return (
    <>
      {policies ? (
        <div className="pw-verdicts">
          <table className="pw-table">
            <caption>
              Policies about {resource}, version {policyVersion}
            </caption>
            <thead>
              <tr>
                <th scope="col">Policy</th>
                <th scope="col">Effect</th>
                <th scope="col">Applies</th>
                <th scope="col">What does not hold</th>
              </tr>
            </thead>
            <tbody>
              {policies.map((p) => (
                <tr key={p.id} data-applies={p.applies}>
                  <th scope="row">
                    <code>{p.id}</code>
                    {p.description ? <span className="pw-small"> {p.description}</span> : null}
                  </th>
                  <td>{p.effect}</td>
                  <td>{p.applies ? "Yes" : "No"}</td>
                  <td>{p.unmet.join("; ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {policies.length === 0 ? <p>No policy speaks of it to you; what no policy allows is refused.</p> : null}
        </div>
      ) : null}
      {attributes ? (
        <Expander summary="What it rested on" about={resource}>
          <Facts facts={attributes.map((a) => ({ label: a.key, value: a.values.join(", ") || "none" }))} />
        </Expander>
      ) : null}
    </>
  );
}
