import { useId, useState } from "react";
import { ask } from "../../../api";
import { EditTeamDocument, type EditTeamMutationVariables, type ListUserFactsFragment, type TargetFactsFragment, type TeamFactsFragment } from "../../../api/generated/graphql";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { Expander } from "../../../ui/Expander";
import { TextField } from "../../../ui/TextField";
import { characters, count } from "../../../ui/words";
import { useFocusAfter } from "../../useFocusAfter";
import { TargetSearch } from "../share/TargetSearch";
import { useDeed } from "../useDeed";
import { userWords } from "../words";

interface TeamProps {
  readonly team: TeamFactsFragment;
  readonly onChanged: (team: TeamFactsFragment, said: string) => void;
}

/** One team; who leads it changes it. */
export function Team({ team, onChanged }: TeamProps) {
  const id = useId();
  const { busy, wrong, setWrong, act } = useDeed(id);
  const [name, setName] = useState(team.name);
  const [target, setTarget] = useState<TargetFactsFragment | null>(null);
  const focusAfter = useFocusAfter();
  const edit = (change: Omit<EditTeamMutationVariables, "id">, said: string) =>
    act(async () => {
      onChanged(await ask(EditTeamDocument, { id: team.id, ...change }, (data) => data.editTeam), said);
      focusAfter(`team-${team.id}`);
    });
  const add = () => {
    if (target === null) setWrong([{ text: "Find and choose a person", field: `${id}-find` }]);
    else void edit({ add: [target.id] }, `${target.name} belongs to the team ${team.name}.`).then(() => { setTarget(null); });
  };
  const rename = () => {
    if (characters(name) === 0) setWrong([{ text: "Enter a name", field: `${id}-name` }]);
    else void edit({ name: name.trim() }, "The team is renamed.");
  };
  const remove = (member: ListUserFactsFragment) => void edit({ remove: [member.id] }, `${member.name} does not belong to the team ${team.name} any more.`);

  return (
    <li className="pw-admin__item">
      <h2 id={`team-${team.id}`} tabIndex={-1}>
        {team.name}
      </h2>
      <p className="pw-small">{[team.organisation?.name, count(team.members.length, "member"), team.leads ? "You lead it" : ""].filter(Boolean).join(" · ")}</p>
      <ErrorSummary wrong={wrong} level={3} />
      <ul className="pw-list__shares">
        {team.members.map((member) => (
          <li key={member.id}>
            <div>{userWords(member)}</div>
            {team.leads ? (
              <button type="button" className="pw-more" aria-disabled={busy} onClick={() => { remove(member); }}>
                Take off<span className="nhsuk-u-visually-hidden"> {member.name}</span>
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {team.leads ? (
        <Expander summary="Add people or rename" about={team.name}>
          <TargetSearch id={`${id}-find`} kinds={["PERSON"]} label="Name of a person" chosen={target} error={wrongAt(wrong, `${id}-find`)} onChoose={setTarget} />
          <button type="button" className="nhsuk-button nhsuk-button--small" aria-disabled={busy} onClick={add}>
            Add to the team
          </button>
          <form
            noValidate
            autoComplete="off"
            onSubmit={(event) => {
              event.preventDefault();
              rename();
            }}
          >
            <TextField
              id={`${id}-name`}
              label="Name of the team"
              value={name}
              error={wrongAt(wrong, `${id}-name`)}
              onChange={(event) => {
                setName(event.target.value);
              }}
            />
            <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit" aria-disabled={busy}>
              Rename
            </button>
          </form>
        </Expander>
      ) : null}
    </li>
  );
}
