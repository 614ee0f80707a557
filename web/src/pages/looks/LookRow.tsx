import type { LookFactsFragment } from "../../api/generated/graphql";
import { sectionTitle } from "../../sections";
import { formatClock, formatInstant } from "../../ui/dates";
import { Expander } from "../../ui/Expander";
import { Facts } from "../../ui/Facts";
import { Tag } from "../../ui/Tag";
import { coded, count, list, sentence, stop } from "../../ui/words";
import { flagWords, purposeWords } from "./words";

/** One look as a sentence; behind it everything the ledger says of it. */
export function LookRow({ look }: { readonly look: LookFactsFragment }) {
  return (
    <li className="pw-look">
      <p className="pw-look__sentence">{stop(look.sentence)}</p>
      {look.flags.length > 0 ? (
        <p className="pw-look__flags">
          {look.flags.map((flag) => (
            <Tag key={flag} tone="warning">
              {flagWords(flag)}
            </Tag>
          ))}
        </p>
      ) : null}
      <Expander summary="Details" about={`what ${look.name ?? "somebody"} did`}>
        <Facts
          facts={[
            { label: "Who", value: look.name },
            { label: "Role", value: look.role ? coded(look.role) : null },
            { label: "Organisation", value: [look.organisation?.name, look.organisation?.ods].filter(Boolean).join(", ") },
            { label: "When", value: whenWords(look.from, look.until) },
            { label: "What was done", value: list(look.actions.map(coded)) },
            { label: "Shown", value: list(look.sections.map(sectionTitle)) },
            { label: "Purpose", value: look.purpose ? purposeWords(look.purpose) : null },
            { label: "Relationship", value: look.relationship ? sentence(look.relationship) : null },
            { label: "Reason given", value: look.reason ? <span className="pw-note">{look.reason}</span> : null },
            { label: "In the ledger", value: `${count(look.events, "event")}, ${look.firstSeq === look.lastSeq ? `number ${look.firstSeq}` : `numbers ${look.firstSeq} to ${look.lastSeq}`}` },
          ]}
        />
      </Expander>
    </li>
  );
}

function whenWords(from: string | null | undefined, until: string | null | undefined): string {
  if (!from) return until ? formatInstant(until) : "";
  if (!until || formatInstant(from) === formatInstant(until)) return formatInstant(from);
  return `${formatInstant(from)} to ${formatClock(until, new Date(from))}`;
}
