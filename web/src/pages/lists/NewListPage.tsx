import { useCallback, useId, useState } from "react";
import { ask } from "../../api";
import { CreateListDocument, type RosterFactsFragment, RostersDocument } from "../../api/generated/graphql";
import { outcomeWords, sourceName } from "../../components/sentences";
import { navigate } from "../../history";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { ErrorSummary, wrongAt } from "../../ui/ErrorSummary";
import { Message } from "../../ui/Message";
import { SelectField } from "../../ui/SelectField";
import { TextArea } from "../../ui/TextArea";
import { TextField } from "../../ui/TextField";
import { Tick } from "../../ui/Tick";
import { TickGroup } from "../../ui/TickGroup";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";
import { usePaged } from "../usePaged";
import { asInput, readyMade } from "./columns/columns";
import { wrongWords } from "./dialogs/EditDialog";
import { useDeed } from "./useDeed";
import { rosterWords } from "./words";

/** What a new list shows until somebody chooses otherwise. */
const begins = readyMade.map((r) => r.column);

/** Makes a list: of people chosen one by one, or of those a system has in a ward, clinic or caseload. */
export function NewListPage() {
  const heading = usePage<HTMLHeadingElement>("Make a list");
  const id = useId();
  const [title, setTitle] = useState("");
  const [description, setDescription] = useState("");
  const [live, setLive] = useState(false);
  const [roster, setRoster] = useState<RosterFactsFragment | null>(null);
  const { busy, wrong, setWrong, act } = useDeed(id);

  const make = () => {
    const missing = [...wrongWords(id, title, description), ...(live && roster === null ? [{ text: "Choose a ward, clinic or caseload", field: `${id}-roster` }] : [])];
    setWrong(missing);
    if (missing.length > 0) return;
    void act(async () => {
      const chosen = live && roster?.source.id ? { roster: { source: roster.source.id, kind: roster.kind, id: roster.id } } : {};
      const made = await ask(CreateListDocument, { title: title.trim(), ...(description.trim() ? { description: description.trim() } : {}), columns: asInput(begins), ...chosen }, (data) => data.createList);
      navigate(paths.list(made.id));
    });
  };

  return (
    <>
      <p className="pw-small">
        <Link to={paths.lists}>Lists</Link>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        Make a list
      </h1>
      <form
        className="pw-client__form"
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <ErrorSummary wrong={wrong} />
        <TextField
          id={`${id}-title`}
          label="Title"
          hint="What the list is called, without the name or number of any person"
          value={title}
          error={wrongAt(wrong, `${id}-title`)}
          onChange={(event) => {
            setTitle(event.target.value);
          }}
        />
        <TextArea
          id={`${id}-description`}
          label="Description (optional)"
          hint="What the list is for. It is no place for notes about a person"
          value={description}
          error={wrongAt(wrong, `${id}-description`)}
          onChange={(event) => {
            setDescription(event.target.value);
          }}
        />
        <TickGroup id={`${id}-kind`} legend="Who is on it?">
          <Tick
            group={`${id}-kind`}
            label="People whom you add"
            checked={!live}
            onChange={() => {
              setLive(false);
            }}
          />
          <Tick
            group={`${id}-kind`}
            label="A team list"
            hint="Whoever a system has in a ward, a clinic today or a caseload, read live"
            checked={live}
            onChange={() => {
              setLive(true);
            }}
          />
        </TickGroup>
        {live ? <RosterChoice id={`${id}-roster`} error={wrongAt(wrong, `${id}-roster`)} chosen={roster} onChoose={setRoster} /> : null}
        <button className="nhsuk-button" type="submit" aria-disabled={busy}>
          {busy ? "Making the list" : "Make the list"}
        </button>
      </form>
    </>
  );
}

interface RosterChoiceProps {
  readonly id: string;
  readonly error: string | undefined;
  readonly chosen: RosterFactsFragment | null;
  readonly onChoose: (roster: RosterFactsFragment | null) => void;
}

function keyOf(roster: RosterFactsFragment): string {
  return [roster.source.id ?? "", roster.kind, roster.id].join(" ");
}

/** What the systems offer as team lists, and which of them could not say. */
function RosterChoice({ id, error, chosen, onChoose }: RosterChoiceProps) {
  const read = useCallback(async (_: string | null, signal: AbortSignal) => ({ items: [await ask(RostersDocument, {}, (data) => data.rosters, signal)], next: null }), []);
  const { items, problem, again } = usePaged(read);
  const found = items?.[0];
  if (found === undefined) {
    return problem ? (
      <p className="nhsuk-error-message" role="alert">
        {stop(problem)}
      </p>
    ) : (
      <p role="status">Asking which wards, clinics and caseloads there are</p>
    );
  }
  const silent = found.outcomes.filter((o) => ["PENDING", "TIMED_OUT", "UNAVAILABLE", "PARTIAL", "UNKNOWN", "WITHHELD"].includes(o.status));
  return (
    <>
      {silent.map((o, i) => (
        <Message tone={o.status === "WITHHELD" ? "withheld" : "missing"} key={o.source?.id ?? i}>{`${sourceName(o)} ${outcomeWords(o)}.${o.reason ? ` ${stop(o.reason)}` : ""} It may have more.`}</Message>
      ))}
      {silent.length > 0 ? (
        <button type="button" className="pw-more" onClick={again}>
          Ask again
        </button>
      ) : null}
      <SelectField
        id={id}
        label="Ward, clinic or caseload"
        error={error}
        nothing={found.rosters.length === 0 ? (silent.length === 0 ? "There are none" : "None has been named yet") : "Choose one"}
        choices={found.rosters.map((r) => ({ code: keyOf(r), words: `${rosterWords(r)}, ${r.source.name ?? r.source.id ?? "a system"}` }))}
        value={chosen ? keyOf(chosen) : ""}
        onChange={(event) => {
          onChoose(found.rosters.find((r) => keyOf(r) === event.target.value) ?? null);
        }}
      />
    </>
  );
}
