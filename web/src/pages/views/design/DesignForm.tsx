import { useId, useState } from "react";
import { ask } from "../../../api";
import type { ViewFacts } from "../../../api/views";
import { RunViewDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { keepsLists } from "../../../roles";
import { ErrorSummary, wrongAt } from "../../../ui/ErrorSummary";
import { LiveRegion } from "../../../ui/LiveRegion";
import { Message } from "../../../ui/Message";
import { TextArea } from "../../../ui/TextArea";
import { TextField } from "../../../ui/TextField";
import { Tick } from "../../../ui/Tick";
import { TickGroup } from "../../../ui/TickGroup";
import { useDeed } from "../../lists/useDeed";
import { useFocusAfter } from "../../useFocusAfter";
import { CohortField } from "../CohortField";
import { renamed } from "../chart/simple";
import { isSecondary, purposesOf } from "../words";
import { Audience } from "./Audience";
import { ChartStep } from "./ChartStep";
import { ChosenColumns } from "./ChosenColumns";
import { FieldPicker } from "./FieldPicker";
import { Preview } from "./Preview";
import { type Ground, save, useCharted, useDesign, wrongDesign } from "./useDesign";
import { Written } from "./Written";

interface DesignFormProps {
  readonly ground: Ground;
  readonly role: string;
  readonly onSaved: (view: ViewFacts) => void;
}

/** What a view is called, what it is for and what it shows; and what comes of it. */
export function DesignForm({ ground, role, onSaved }: DesignFormProps) {
  const id = useId();
  const offered = purposesOf(role);
  const { form, change, picker, act } = useDesign(ground, offered[0]?.code ?? "TREAT");
  const { busy, wrong, setWrong, act: attempt } = useDeed();
  const [kept, setKept] = useState<ViewFacts | null>(ground.view);
  const [list, setList] = useState("");
  const [run, setRun] = useState("");
  const [said, setSaid] = useState("");
  const focusAfter = useFocusAfter();
  const secondary = isSecondary(form.purpose);
  const charted = useCharted(form, picker, ground.sections);

  const keep = (preview: boolean) => {
    const found = [...wrongDesign(id, form, picker, ground.sections, charted), ...(preview && list === "" ? [{ text: "Choose a list to run it over", field: `${id}-list` }] : [])];
    setWrong(found);
    setSaid("");
    if (found.length > 0) return;
    void attempt(async () => {
      const view = await save(form, picker, kept);
      setKept(view);
      onSaved(view);
      if (view.problems.length === 0) focusAfter(`${id}-look`);
      setSaid(`Saved as version ${view.version}.`);
      if (view.problems.length > 0) setWrong(view.problems.map((text) => ({ text })));
      else if (preview) setRun((await ask(RunViewDocument, { id: view.id, version: view.version, list, wait: 2000 }, (data) => data.runView)).id);
    });
  };

  return (
    <form
      noValidate
      autoComplete="off"
      className="pw-views__design"
      onSubmit={(event) => {
        event.preventDefault();
        keep(false);
      }}
    >
      <ErrorSummary wrong={wrong} />
      <div className="pw-client__form">
        <TextField
          id={`${id}-title`}
          label="Title"
          hint="What the view is called, without the name or number of any person"
          value={form.title}
          error={wrongAt(wrong, `${id}-title`)}
          onChange={(event) => {
            change({ title: event.target.value });
          }}
        />
        <TextArea
          label="Description (optional)"
          rows={2}
          value={form.description}
          onChange={(event) => {
            change({ description: event.target.value });
          }}
        />
        <TickGroup id={`${id}-purpose`} legend="What is it for?">
          {offered.map((p) => (
            <Tick
              key={p.code}
              group={`${id}-purpose`}
              label={p.words}
              hint={p.hint}
              checked={form.purpose === p.code}
              onChange={() => {
                change({ purpose: p.code });
              }}
            />
          ))}
        </TickGroup>
        {secondary ? <Message tone="withheld">A privacy officer has to approve this view before its first run. What may identify somebody cannot be picked, and some values come out coarser than they are.</Message> : null}
        <TickGroup id={`${id}-how`} legend="How do you want to design it?" error={wrongAt(wrong, `${id}-how`)}>
          <Tick
            group={`${id}-how`}
            label="Pick columns"
            checked={!form.written}
            onChange={() => {
              change({ written: false });
            }}
          />
          <Tick
            group={`${id}-how`}
            label="Advanced: write a ViewDefinition"
            hint="JSON of SQL on FHIR, for whoever knows it"
            checked={form.written}
            onChange={() => {
              change({ written: true });
            }}
          />
        </TickGroup>
      </div>
      {form.written ? (
        <Written id={id} form={form} wrong={wrong} onChange={change} />
      ) : (
        <section aria-labelledby={`${id}-what`}>
          <h2 id={`${id}-what`}>What to show</h2>
          <div className="pw-views__picker">
            <FieldPicker
              id={id}
              sections={ground.sections}
              columns={picker.columns}
              secondary={secondary}
              onAdd={(added, words) => {
                act(added);
                setSaid(`Column added: ${words}.`);
              }}
            />
            <ChosenColumns
              id={id}
              sections={ground.sections}
              columns={picker.columns}
              secondary={secondary}
              onAct={(acted, words, focus) => {
                // A chart goes with its columns, whatever they are called.
                if (acted.do === "name") change({ chart: renamed(form.chart, picker.columns.find((c) => c.key === acted.key)?.name ?? "", acted.name) });
                act(acted);
                if (words !== "") setSaid(words);
                if (focus !== "") focusAfter(focus);
              }}
            />
          </div>
        </section>
      )}
      <ChartStep
        id={`${id}-chart`}
        columns={charted}
        secondary={secondary}
        chart={form.chart}
        error={wrongAt(wrong, `${id}-chart`)}
        onChange={(chart) => {
          change({ chart });
        }}
      />
      <Audience form={form} onChange={change} />
      <LiveRegion text={said} />
      <section aria-labelledby={`${id}-look`} className="pw-views__part">
        <h2 id={`${id}-look`} tabIndex={-1}>{secondary ? "Save" : "Save and look"}</h2>
        {secondary ? (
          <p>Save it, and then ask for approval on its page.</p>
        ) : (
          <div className="pw-client__form">
            <CohortField id={`${id}-list`} label="Look at it with the people of" keeps={keepsLists(role)} error={wrongAt(wrong, `${id}-list`)} value={list} onChange={setList} />
          </div>
        )}
        <div className="pw-buttons">
          {secondary ? null : (
            <button
              type="button"
              className="nhsuk-button"
              aria-disabled={busy}
              onClick={() => {
                keep(true);
              }}
            >
              {busy ? "Saving and running" : "Save and preview"}
            </button>
          )}
          <button type="submit" className={`nhsuk-button${secondary ? "" : " nhsuk-button--secondary"}`} aria-disabled={busy}>
            Save the draft
          </button>
          {kept === null ? null : <Link to={paths.view(kept.id)}>Go to the view</Link>}
        </div>
        <p className="pw-admin__news">{said.startsWith("Saved") ? said : ""}</p>
        {kept !== null && run !== "" ? <Preview key={run} view={kept} runId={run} /> : null}
      </section>
    </form>
  );
}
