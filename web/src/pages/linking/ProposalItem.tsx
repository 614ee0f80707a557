import { useId, useState } from "react";
import { ask } from "../../api";
import { DecideLinkDocument, type ProposalFactsFragment } from "../../api/generated/graphql";
import { sourceName } from "../../components/sentences";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { Expander } from "../../ui/Expander";
import { Message } from "../../ui/Message";
import { Tag } from "../../ui/Tag";
import { list, sentence, stop } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";
import { Comparison } from "./Comparison";
import { ReasonForm } from "./ReasonForm";
import { outcomeSentence, states } from "./words";

interface ProposalItemProps {
  readonly proposal: ProposalFactsFragment;
  readonly onChanged: (proposal: ProposalFactsFragment) => void;
}

/** A record of which somebody must say whose it is. */
export function ProposalItem({ proposal, onChanged }: ProposalItemProps) {
  const id = useId();
  const focusAfter = useFocusAfter();
  const [deciding, setDeciding] = useState<"confirm" | "refuse" | null>(null);
  const state = states[proposal.state];
  const record = `${proposal.source.name ?? proposal.source.id ?? "A system"}${proposal.localId ? `, record ${proposal.localId}` : ""}`;
  // Without both sides nobody can compare: confirming is not offered then.
  const silent = [proposal.candidateOutcome, ...proposal.knownOutcomes].filter((o) => ["PENDING", "TIMED_OUT", "UNAVAILABLE", "UNKNOWN", "PARTIAL"].includes(o.status));
  const comparable = proposal.candidate !== null && proposal.candidate !== undefined && proposal.known.length > 0;

  const decide = async (confirm: boolean, reason: string) => {
    const changed = await ask(DecideLinkDocument, { proposal: proposal.id, confirm, reason }, (data) => data.decideLink);
    setDeciding(null);
    focusAfter(id);
    onChanged(changed);
  };

  return (
    <li className="pw-review" data-state={proposal.state} aria-labelledby={id}>
      <h2 className="pw-review__title" id={id} tabIndex={-1}>
        {record} <Tag tone={state.tone}>{state.words}</Tag>
      </h2>
      <p className="pw-review__sentence">{outcomeSentence(proposal)}</p>
      {proposal.reason ? (
        <p>
          Reason given: <span className="pw-note">{proposal.reason}</span>
        </p>
      ) : null}
      {silent.length > 0 ? <Message tone="missing">{`${list(silent.map(sourceName))} did not answer: what it says cannot be compared now.`}</Message> : null}
      {!comparable && silent.length === 0 ? <Message tone="missing">There is nothing to compare: the record is no longer there, or you may not see it.</Message> : null}
      <Comparison proposal={proposal} />
      {proposal.rules.length > 0 ? (
        <>
          <p className="pw-small">What held it back:</p>
          <ul>
            {proposal.rules.map((rule) => (
              <li key={rule}>{stop(rule)}</li>
            ))}
          </ul>
        </>
      ) : null}
      {proposal.agreements.length > 0 ? (
        <Expander summary="How alike they are" about={record}>
          <table className="pw-agreements">
            <caption className="nhsuk-u-visually-hidden">What was compared, and how much it says</caption>
            <thead>
              <tr>
                <th scope="col">Compared</th>
                <th scope="col">How it agrees</th>
                <th scope="col">Says, in bits</th>
              </tr>
            </thead>
            <tbody>
              {proposal.agreements.map((a) => (
                <tr key={a.field}>
                  <th scope="row">{sentence(a.field)}</th>
                  <td>{a.level}</td>
                  <td>{a.weight.toFixed(1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {proposal.score === null || proposal.score === undefined ? null : <p className="pw-small">Together {proposal.score.toFixed(1)} bits: one more is twice as likely.</p>}
        </Expander>
      ) : null}
      <div className="pw-buttons pw-review__do">
        {proposal.state === "OPEN" && deciding === null ? (
          <>
            {comparable ? (
              <button
                type="button"
                className="nhsuk-button nhsuk-button--small"
                aria-describedby={id}
                onClick={() => {
                  setDeciding("confirm");
                }}
              >
                It is this person’s
              </button>
            ) : null}
            <button
              type="button"
              className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
              aria-describedby={id}
              onClick={() => {
                setDeciding("refuse");
              }}
            >
              It is somebody else’s
            </button>
          </>
        ) : null}
        <Link to={paths.links(proposal.patient)}>Links of this person</Link>
      </div>
      {proposal.state === "OPEN" && deciding !== null ? (
        <ReasonForm
          key={deciding}
          what={deciding === "confirm" ? "Link this record" : "Refuse this record"}
          effect={
            deciding === "confirm"
              ? "Everybody who may open this person will see this record as theirs, at once."
              : "This record is never proposed or linked with this person again, unless somebody says so."
          }
          button={deciding === "confirm" ? "Link it" : "Refuse it"}
          busy={deciding === "confirm" ? "Linking" : "Refusing"}
          onDo={(reason) => decide(deciding === "confirm", reason)}
          onCancel={() => {
            setDeciding(null);
            focusAfter(id);
          }}
        />
      ) : null}
    </li>
  );
}
