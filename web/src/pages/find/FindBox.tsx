import { useEffect, useId, useRef, useState } from "react";
import { run } from "../../api";
import { SearchedSystemsDocument } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { today } from "../../ui/dates";
import { Message } from "../../ui/Message";
import { SelectField } from "../../ui/SelectField";
import { TextField } from "../../ui/TextField";
import { stop } from "../../ui/words";
import { Hits } from "./Hits";
import { lookup, openRecord } from "./lookup";
import { chosenBy, choicesOf, type System } from "./organisations";
import { type Understood, understand } from "./understand";
import { useSearch } from "./useSearch";

interface FindBoxProps {
  readonly onFound?: (id: string) => Promise<void> | void;
  /** Offers to put whoever was found onto a list. */
  readonly listing?: boolean;
  /** What is filled in already. */
  readonly filled?: string;
  /** The birth date that was given with it, YYYY-MM-DD; "" for none. */
  readonly born?: string;
}

/** One box that takes what people type, and says while they type how it is understood. */
export function FindBox({ onFound = openRecord, listing = false, filled = "", born = "" }: FindBoxProps) {
  const [typed, setTyped] = useState(filled);
  const [at, setAt] = useState("");
  const [error, setError] = useState<string>();
  const [opening, setOpening] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { busy, found, problem, search, clear, result } = useSearch();
  const understood = understand(typed, today());
  const systems = useSystems(understood.kind === "local");
  const organisation = understood.kind === "local" ? at || chosenBy(systems, understood.at) : "";

  const refuse = (text: string) => {
    setError(text);
    field.current?.focus();
  };

  const open = async (nhsNumber: string) => {
    setOpening(true);
    try {
      await onFound(await lookup(nhsNumber, typed.trim() === filled ? born : ""));
    } catch (trouble) {
      setOpening(false);
      refuse(sentenceOf(trouble));
    }
  };

  const submitted = () => {
    if (busy || opening) return;
    setError(undefined);
    clear();
    switch (understood.kind) {
      case "nothing":
        refuse("Enter an NHS number, a name with a date of birth, or a local number");
        return;
      case "problem":
        refuse(understood.problem);
        return;
      case "number":
        void open(understood.nhsNumber);
        return;
      case "local":
        if (organisation === "") setError("Choose whose number it is");
        else void search({ localNumber: understood.localNumber, organisation });
        return;
      case "name":
        void search(understood.query);
    }
  };

  return (
    <section aria-label="Search">
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          submitted();
        }}
      >
        <TextField
          label="NHS number, or family name and date of birth"
          hint="For example 943 500 0010, or smith 12/3/1956, or a hospital number"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          error={error ?? (problem || undefined)}
          inputRef={field}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt("");
            setError(undefined);
            clear();
          }}
        />
        {understood.kind === "local" ? (
          <SelectField
            label="Whose number is it?"
            nothing="Choose the organisation"
            choices={choicesOf(systems)}
            value={organisation}
            onChange={(event) => {
              setAt(event.target.value);
              setError(undefined);
            }}
          />
        ) : null}
        <Understanding of={understood} />
        <button className="nhsuk-button" type="submit" aria-disabled={busy || opening}>
          {busy || opening ? "Asking every system" : understood.kind === "number" ? "Open the record" : "Search"}
        </button>
      </form>
      {found ? <Hits listing={listing} found={found} heading={result} level={2} button="Open" onFound={onFound} /> : null}
    </section>
  );
}

/** How it is understood, and what could have been meant instead. */
function Understanding({ of }: { readonly of: Understood }) {
  const id = useId();
  const words = of.kind === "nothing" ? "" : of.words;
  const notes = of.kind === "problem" ? [of.problem] : of.kind === "nothing" ? [] : of.notes;
  return (
    <div className="pw-understood" role="status" id={id}>
      {words ? (
        <p>
          Understood as: <strong>{words}</strong>
        </p>
      ) : null}
      {notes.map((note) => (
        <Message tone={of.kind === "problem" ? "waiting" : "missing"} key={note}>
          {stop(note)}
        </Message>
      ))}
    </div>
  );
}

/** The region's systems, asked for when they are needed first. */
function useSystems(wanted: boolean): readonly System[] {
  const [systems, setSystems] = useState<readonly System[]>([]);
  const needed = wanted && systems.length === 0;
  useEffect(() => {
    if (!needed) return;
    const controller = new AbortController();
    run(SearchedSystemsDocument, {}, controller.signal).then(
      (answer) => {
        setSystems(answer.data?.sources ?? []);
      },
      () => undefined, // the choice stays empty; the search itself says what is wrong
    );
    return () => {
      controller.abort();
    };
  }, [needed]);
  return systems;
}
