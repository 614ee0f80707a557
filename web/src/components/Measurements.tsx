import type { MeasuredFragment } from "../api/generated/graphql";
import { Tag } from "../ui/Tag";
import { found, label, labels, usual } from "./values";

/** The measurements of a report or panel, each with its unit, flag and range. */
export function Measurements({ of, caption }: { readonly of: readonly MeasuredFragment[]; readonly caption: string }) {
  if (of.length === 0) return null;
  return (
    <table className="pw-measures">
      <caption className="nhsuk-u-visually-hidden">{caption}</caption>
      <thead className="nhsuk-u-visually-hidden">
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Value</th>
          <th scope="col">Usual</th>
        </tr>
      </thead>
      <tbody>
        {of.map((m, i) => (
          <tr key={i}>
            <th scope="row">{label(m.code) || "Not named"}</th>
            <td>
              <strong>{found(m.value, m.absent) || "No value"}</strong>
              {labels(m.interpretation) ? (
                <>
                  {" "}
                  <Tag tone="warning">{labels(m.interpretation)}</Tag>
                </>
              ) : null}
            </td>
            <td className="pw-measures__usual">{usual(m.ranges)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
