import { useCallback, useId, useState } from "react";
import { ask } from "../../../api";
import { CreateTeamDocument, type TeamFactsFragment, TeamsDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { TextField } from "../../../ui/TextField";
import { characters, stop } from "../../../ui/words";
import { useFocusAfter } from "../../useFocusAfter";
import { usePage } from "../../usePage";
import { usePaged } from "../../usePaged";
import { useDeed } from "../useDeed";
import { Team } from "./Team";

/** The teams of the reader: people who work together, with whom a list can be shared at once. */
export function TeamsPage() {
  const heading = usePage<HTMLHeadingElement>("Teams");
  const [news, setNews] = useState("");
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: await ask(TeamsDocument, {}, (data) => data.teams, signal), next: null }), []);
  const { items, problem, replace } = usePaged(read);
  const changed = (team: TeamFactsFragment, said: string) => {
    replace((teams) => (teams.some((t) => t.id === team.id) ? teams.map((t) => (t.id === team.id ? team : t)) : [...teams, team]));
    setNews(said);
  };
  return (
    <>
      <p className="pw-small">
        <Link to={paths.lists}>Lists</Link>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        Teams
      </h1>
      <p className="pw-lead">A list that is shared with a team is shared with everybody who belongs to it, as long as they do.</p>
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      <p role="status" className="pw-admin__news">
        {news}
      </p>
      {items === null ? <p role="status">{problem ? "" : "Reading your teams"}</p> : null}
      {items?.length === 0 ? <p>You lead no team and belong to none.</p> : null}
      <ul className="pw-admin">
        {(items ?? []).map((team) => (
          <Team team={team} key={team.id} onChanged={changed} />
        ))}
      </ul>
      <NewTeam onMade={changed} />
    </>
  );
}

function NewTeam({ onMade }: { readonly onMade: (team: TeamFactsFragment, said: string) => void }) {
  const id = useId();
  const [name, setName] = useState("");
  const { busy, wrong, setWrong, act } = useDeed(id);
  const focusAfter = useFocusAfter();
  const make = () => {
    const missing = characters(name) === 0 ? [{ text: "Enter a name", field: `${id}-name` }] : [];
    setWrong(missing);
    if (missing.length > 0) return;
    void act(async () => {
      const team = await ask(CreateTeamDocument, { name: name.trim() }, (data) => data.createTeam);
      setName("");
      onMade(team, `The team ${team.name} is made. You lead it.`);
      focusAfter(`team-${team.id}`);
    });
  };
  return (
    <section aria-labelledby={`${id}-title`} className="pw-narrow">
      <h2 id={`${id}-title`}>Make a team</h2>
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <ErrorSummary wrong={wrong} level={3} />
        <TextField
          id={`${id}-name`}
          label="Name of the team"
          hint="It belongs to your organisation"
          value={name}
          error={wrongAt(wrong, `${id}-name`)}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <button className="nhsuk-button" type="submit" aria-disabled={busy}>
          Make the team
        </button>
      </form>
    </section>
  );
}
