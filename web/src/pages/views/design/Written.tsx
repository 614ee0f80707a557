import { type Wrong, wrongAt } from "../../../ui/ErrorSummary";
import { TextArea } from "../../../ui/TextArea";
import type { Form } from "./useDesign";

interface WrittenProps {
  readonly id: string;
  readonly form: Form;
  readonly wrong: readonly Wrong[];
  readonly onChange: (more: Partial<Form>) => void;
}

/** A view that is written: a ViewDefinition, and what it stands over. */
export function Written({ id, form, wrong, onChange }: WrittenProps) {
  return (
    <section aria-labelledby={`${id}-written`}>
      <h2 id={`${id}-written`}>What to show</h2>
      <div className="pw-views__code">
        <TextArea
          id={`${id}-definition`}
          label="ViewDefinition"
          hint="JSON, over a FHIR resource such as Condition; or over the resource Person, with a selection"
          rows={14}
          spellCheck={false}
          value={form.definition}
          error={wrongAt(wrong, `${id}-definition`)}
          onChange={(event) => {
            onChange({ definition: event.target.value });
          }}
        />
        <TextArea
          label="Selection (only over Person)"
          hint="Fields of Patient as GraphQL has them, without the outer braces: allergies { entries { code { text } } }"
          rows={5}
          spellCheck={false}
          value={form.selection}
          onChange={(event) => {
            onChange({ selection: event.target.value });
          }}
        />
      </div>
    </section>
  );
}
