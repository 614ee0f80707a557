import type { Region, User } from "../region";

/* Views for the pictures, made by the API: one with a chart that was run, and one that waits for approval. */

export interface MadeViews {
  readonly list: string;
  readonly view: string;
  readonly viewRun: string;
  readonly submitted: string;
}

const chart = JSON.stringify({ mark: "bar", encoding: { x: { field: "allergen", type: "nominal" }, y: { aggregate: "count" }, color: { field: "criticality", type: "nominal" } } });

export async function madeViews(region: Region, gp: User, analyst: User): Promise<MadeViews> {
  const numbers = region.patients.filter((p) => p.systems.length > 1 && p.scenario !== undefined).slice(0, 6).map((p) => p.nhsNumber);
  const list = await made(region, gp, 'mutation { made: createList(title: "People for pictures") { id } }', {});
  await made(region, gp, "mutation M($id: ID!, $numbers: [NHSNumber!]) { made: addToList(id: $id, nhsNumbers: $numbers) { list { id } } }", { id: list, numbers }, "list");
  const save = "mutation M($view: ViewInput!) { made: saveView(view: $view) { id } }";
  const columns = [
    { name: "nhs_number", section: "patient", field: "nhsNumber" },
    { name: "allergen", section: "allergies", field: "code.text", take: "EACH" },
    { name: "criticality", section: "allergies", field: "criticality", take: "EACH" },
  ];
  const view = await made(region, gp, save, { view: { title: "Allergies of a list", description: "What to ask about before prescribing", purpose: "TREAT", columns, chart } });
  const viewRun = await made(region, gp, "mutation M($id: ID!, $list: ID!) { made: runView(id: $id, list: $list, wait: 2000) { id } }", { id: view, list });
  const counted = { title: "Sexes in a service", purpose: "HOPERAT", columns: [{ name: "sex", section: "demographics", field: "gender", take: "LATEST" }], chart: JSON.stringify({ mark: "bar", encoding: { x: { field: "sex" }, y: { aggregate: "count" } } }) };
  const submitted = await made(region, analyst, save, { view: counted });
  await made(region, analyst, "mutation M($id: ID!) { made: submitView(id: $id, version: 1) { id } }", { id: submitted });
  return { list, view, viewRun, submitted };
}

/** The id of what an operation has made, or of what stands below it. */
async function made(region: Region, { token }: User, query: string, variables: object, below = ""): Promise<string> {
  const response = await fetch(`${region.url}/graphql`, { method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }) });
  const answer = (await response.json()) as { data?: { made?: Record<string, unknown> | null } | null };
  const found = below === "" ? answer.data?.made : (answer.data?.made?.[below] as Record<string, unknown> | undefined);
  if (typeof found?.id !== "string") throw new Error(`${query}: ${JSON.stringify(answer)}`);
  return found.id;
}
