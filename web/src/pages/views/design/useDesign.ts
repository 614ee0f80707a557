import { useCallback, useMemo, useReducer, useState } from "react";
import { ask } from "../../../api";
import type { ViewFacts, ViewSection } from "../../../api/views";
import { SaveViewDocument, ViewAsItIsDocument, ViewFieldsDocument, type ViewInput } from "../../../api/generated/graphql";
import type { Wrong } from "../../../ui/ErrorSummary";
import { characters } from "../../../ui/words";
import { judged } from "../chart/check";
import { type Charted, chartedIn, chartedOf, laidOut } from "../chart/simple";
import { useAsked } from "../useAsked";
import { isSecondary } from "../words";
import { allowed, inputOf, nothing, pick, type Picker, pickerOf, wrongName } from "./picker";

/** What a form of a view holds. */
export interface Form {
  readonly title: string;
  readonly description: string;
  readonly purpose: string;
  readonly roles: readonly string[];
  /** ODS codes, as they are typed. */
  readonly organisations: string;
  /** It is written and not picked. */
  readonly written: boolean;
  readonly definition: string;
  readonly selection: string;
  /** A chart as it is written; "" for none. */
  readonly chart: string;
}

export interface Ground {
  readonly view: ViewFacts | null;
  readonly sections: readonly ViewSection[];
}

/** What is there to begin with: everything that can be picked, and the view as it is, if there is one. */
export function useGround(id: string | null) {
  const read = useCallback(
    async (signal: AbortSignal): Promise<Ground> => {
      const [sections, view] = await Promise.all([
        ask(ViewFieldsDocument, {}, (data) => data.viewFields, signal),
        id === null ? null : ask(ViewAsItIsDocument, { id }, (data) => data.view, signal),
      ]);
      return { sections, view };
    },
    [id],
  );
  return useAsked(read);
}

export function useDesign({ view }: Ground, purpose: string) {
  const [form, setForm] = useState<Form>(() => ({
    title: view?.title ?? "",
    description: view?.description ?? "",
    purpose: view?.purpose ?? purpose,
    roles: view?.roles ?? [],
    organisations: (view?.organisations ?? []).join(", "),
    written: view?.definition ? true : false,
    definition: view?.definition ?? "",
    selection: view?.selection ?? "",
    chart: view?.chart ? laidOut(view.chart) : "",
  }));
  const [picker, act] = useReducer(pick, view?.columns ? pickerOf(view.columns) : nothing);
  const change = useCallback((more: Partial<Form>) => {
    setForm((was) => ({ ...was, ...more }));
  }, []);
  return { form, change, picker, act };
}

/** The columns that a chart of the design can show. */
export function useCharted(form: Form, { columns }: Picker, sections: readonly ViewSection[]): readonly Charted[] {
  const { written, definition, purpose } = form;
  return useMemo(() => (written ? chartedIn(definition) : chartedOf(columns, sections, isSecondary(purpose))), [written, definition, columns, sections, purpose]);
}

/** What is wrong with a design before the server is asked; `id` is what the ids of its fields begin with. */
export function wrongDesign(id: string, form: Form, picker: Picker, sections: readonly ViewSection[], charted: readonly Charted[]): Wrong[] {
  const { says } = form.chart.trim() === "" ? { says: "" } : judged(form.chart, charted.map((c) => c.name), isSecondary(form.purpose));
  return [...wrongColumns(id, form, picker, sections), ...(says === "" ? [] : [{ text: says, field: `${id}-chart` }])];
}

function wrongColumns(id: string, form: Form, { columns }: Picker, sections: readonly ViewSection[]): Wrong[] {
  const secondary = isSecondary(form.purpose);
  const title = characters(form.title);
  const wrong: Wrong[] = title < 3 || title > 120 ? [{ text: "Enter a title of 3 to 120 characters", field: `${id}-title` }] : [];
  if (form.written) {
    if (secondary) wrong.push({ text: "For this purpose columns are picked: of a definition it is not known what may identify somebody", field: `${id}-how` });
    else if (!isJson(form.definition)) wrong.push({ text: "Enter a ViewDefinition as JSON", field: `${id}-definition` });
    return wrong;
  }
  if (columns.length === 0) wrong.push({ text: "Pick a column", field: `${id}-search` });
  for (const column of columns) {
    const name = wrongName(column, columns);
    if (name) wrong.push({ text: `${column.name || "A column"}: ${name}`, field: `${id}-name-${column.key}` });
    if (!allowed(sections, secondary, column.section, column.take === "COUNT" ? "" : column.field)) {
      wrong.push({ text: `${column.name} cannot be shown for this purpose: remove it`, field: `${id}-remove-${column.key}` });
    }
  }
  return wrong;
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

function inputFrom(form: Form, picker: Picker): ViewInput {
  const organisations = form.organisations.toUpperCase().split(/[\s,;]+/).filter(Boolean);
  return {
    title: form.title.trim(),
    purpose: form.purpose,
    roles: [...form.roles],
    organisations,
    ...(form.chart.trim() ? { chart: form.chart } : {}),
    ...(form.description.trim() ? { description: form.description.trim() } : {}),
    ...(form.written ? { definition: form.definition, ...(form.selection.trim() ? { selection: form.selection.trim() } : {}) } : { columns: inputOf(picker.columns) }),
  };
}

/** Keeps a design as the next version of `before`, or as a new view. */
export function save(form: Form, picker: Picker, before: ViewFacts | null): Promise<ViewFacts> {
  return ask(SaveViewDocument, { view: inputFrom(form, picker), ...(before === null ? {} : { id: before.id, version: before.version }) }, (data) => data.saveView);
}
