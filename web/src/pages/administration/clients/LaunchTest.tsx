import { useEffect, useId, useRef, useState } from "react";
import { ask } from "../../../api";
import { type LaunchWay, TestLaunchDocument, type TestLaunchMutation } from "../../../api/generated/graphql";
import { sentenceOf } from "../../../components/problems";
import { ErrorSummary, type Wrong, wrongAt } from "../../../ui/ErrorSummary";
import { Tag } from "../../../ui/Tag";
import { TextArea } from "../../../ui/TextArea";
import { TextField } from "../../../ui/TextField";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import { count, stop } from "../../../ui/words";

type Check = NonNullable<TestLaunchMutation["testLaunch"]>[number];

interface WayWords {
  readonly way: LaunchWay;
  readonly label: string;
  readonly hint: string;
  /** What is asked for besides the id; left out if there is nothing. */
  readonly sent?: { readonly label: string; readonly hint: string };
}

const ways: readonly WayWords[] = [
  {
    way: "MINT",
    label: "Its back end asks for the launch",
    hint: "POST /smart/launch with a token of its own",
    sent: { label: "Client assertion, or the JSON of the launch (optional)", hint: "The JWT that it sends to the token endpoint, or the body that it posts. Use a test patient" },
  },
  { way: "SIGNED", label: "The browser brings a signed launch", hint: "Form POST to /smart/open", sent: { label: "Launch JWT (optional)", hint: "The value of launch_jwt. Use a test patient. It is not used up" } },
  { way: "PREFILL", label: "The browser brings a number that nobody signed", hint: "For old systems; it only fills in the search" },
  { way: "ISSUER", label: "It is a SMART server itself", hint: "It opens this viewer as its app, with iss and launch" },
];

/** Tries a launch piece by piece: for the engineers who connect a patient record system. */
export function LaunchTest() {
  const id = useId();
  const [way, setWay] = useState<WayWords | null>(null);
  const [epr, setEpr] = useState("");
  const [sent, setSent] = useState("");
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [busy, setBusy] = useState(false);
  const [checks, setChecks] = useState<readonly Check[] | null>(null);

  const submit = async () => {
    if (busy) return;
    const missing: Wrong[] = [...(way === null ? [{ text: "Say how it opens apps", field: `${id}-way` }] : []), ...(epr.trim() ? [] : [{ text: "Enter the id of the patient record system", field: `${id}-epr` }])];
    setWrong(missing);
    if (way === null || missing.length > 0) return;
    setBusy(true);
    setChecks(null);
    try {
      setChecks(await ask(TestLaunchDocument, { id: epr.trim(), way: way.way, sent: way.sent && sent.trim() ? sent.trim() : null }, (data) => data.testLaunch));
    } catch (error) {
      setWrong([{ text: sentenceOf(error) }]);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <p>See what fails between a patient record system and this server, and how to mend it. Nothing you paste is used up or kept, and no patient is looked up.</p>
      <form
        className="pw-client__form"
        noValidate
        aria-label="Try a launch"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ErrorSummary wrong={wrong} level={3} />
        <TickGroup id={`${id}-way`} legend="How does it open apps?" error={wrongAt(wrong, `${id}-way`)}>
          {ways.map((w) => (
            <Tick
              key={w.way}
              group={`${id}-way`}
              label={w.label}
              hint={w.hint}
              checked={way === w}
              onChange={() => {
                setWay(w);
                setSent("");
                setChecks(null);
              }}
            />
          ))}
        </TickGroup>
        <TextField
          id={`${id}-epr`}
          label={way?.way === "ISSUER" ? "Id of its stanza" : "Its client id"}
          hint={way?.way === "ISSUER" ? "As patchwork.yaml has it, under launchers" : "As the registration page shows it"}
          autoComplete="off"
          spellCheck={false}
          value={epr}
          error={wrongAt(wrong, `${id}-epr`)}
          onChange={(event) => {
            setEpr(event.target.value);
          }}
        />
        {way?.sent ? (
          <TextArea
            id={`${id}-sent`}
            label={way.sent.label}
            hint={way.sent.hint}
            rows={5}
            spellCheck={false}
            autoComplete="off"
            value={sent}
            onChange={(event) => {
              setSent(event.target.value);
            }}
          />
        ) : null}
        <div className="pw-buttons">
          <button className="nhsuk-button" type="submit" aria-disabled={busy}>
            {busy ? "Testing" : "Test"}
          </button>
        </div>
      </form>
      {checks === null ? null : <Result checks={checks} />}
    </>
  );
}

/** What was tried; it takes the focus when it appears. */
function Result({ checks }: { readonly checks: readonly Check[] }) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [checks]);
  const bad = checks.filter((c) => !c.ok).length;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} ref={heading} tabIndex={-1}>
        {bad === 0 ? "Nothing is wrong with it" : `${count(bad, "thing")} to mend`}
      </h3>
      <ol className="pw-client__checks">
        {checks.map((c, i) => (
          <li key={`${i}#${c.name}`} data-ok={c.ok}>
            {c.name} <Tag tone={c.ok ? "good" : "danger"}>{c.ok ? "Good" : "To mend"}</Tag>
            {c.found ? <p className="pw-note">{stop(c.found)}</p> : null}
            {c.mend ? <p className="pw-note">What to do: {stop(c.mend)}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
