// @ts-check
// The page of the app: who it is about, who did not answer, and the chart.
import { chart, legend } from "./chart.js";
import { read, shown } from "./reading.js";
import { problem, settings, words } from "./settings.js";
/** @typedef {import("./types").Series} Series */
/** @typedef {import("./types").Reading} Reading */
/** @typedef {Record<string, any>} Resource */

/** @param {string} id */
const by = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} name @param {string} text */
function made(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

async function open() {
  const address = new URL(location.href).searchParams;
  if (!address.has("state") && sessionStorage.getItem("SMART_KEY") === null) {
    by("connect").hidden = false;
    if (address.has("error")) problem("The app was not let in.", address.get("error_description") ?? address.get("error") ?? "");
    return;
  }
  const config = await settings();
  by("progress").textContent = "Opening the record…";
  let client;
  try {
    client = await FHIR.oauth2.ready();
  } catch (error) {
    forget();
    by("connect").hidden = false;
    problem("The app was not let in.", words(error));
    return;
  }
  const id = client.patient.id;
  if (id === null) {
    problem("No patient was chosen.", "The server let the app in without saying whom it is about. Connect again, and choose somebody.");
    by("connect").hidden = false;
    return;
  }
  void userOf(client, config.fhirBase).then((text) => (by("user").textContent = text));
  try {
    const patient = await client.request(`Patient/${encodeURIComponent(id)}`);
    if (patient.resourceType !== "Patient" || patient.id !== id) throw new Error("The server answered about somebody else.");
    showPatient(patient);
    const { resources, broken } = await all(client, id);
    show(read(resources, id, config.sources), broken);
  } catch (error) {
    stopped(error);
  }
}

/** fhirclient would take up a launch that did not work, on every reload. */
function forget() {
  sessionStorage.removeItem("SMART_KEY");
  history.replaceState({}, "", location.pathname);
}

/** Who is signed in, as far as the server says. The token goes to no other server, whatever fhirUser names. @param {any} client @param {string} base */
async function userOf(client, base) {
  const said = client.getIdToken();
  if (said === null) return "";
  let name = said.name;
  if (!name && String(said.fhirUser).startsWith(`${base}/`)) {
    const user = await client.request(said.fhirUser).catch(() => null);
    name = user?.name?.[0]?.text ?? user?.name?.[0]?.family;
  }
  return name ? `Signed in as ${name}` : "Signed in";
}

/** Every page of the patient's observations. What arrived before a page failed is kept, and called incomplete. @param {any} client @param {string} id */
async function all(client, id) {
  /** @type {Resource[]} */
  const resources = [];
  let pages = 0;
  try {
    await client.request(`Observation?patient=${encodeURIComponent(id)}&_count=50`, {
      pageLimit: 0,
      onPage: (/** @type {Resource} */ bundle) => {
        for (const entry of bundle.entry ?? []) resources.push(entry.resource);
        by("progress").textContent = `Reading observations: page ${++pages}…`;
      },
    });
  } catch (error) {
    if (pages === 0) throw error;
    return { resources, broken: `Not all pages arrived, only the first ${pages}: ${words(error)}` };
  }
  return { resources, broken: "" };
}

/** @param {Resource} p */
function showPatient(p) {
  const name = (p.name ?? []).find((/** @type {Resource} */ n) => n.use === "official") ?? p.name?.[0] ?? {};
  const spelled = name.family ? `${name.family.toUpperCase()}, ${(name.given ?? []).join(" ")}${name.prefix ? ` (${name.prefix.join(" ")})` : ""}` : (name.text ?? "Name not known");
  const number = (p.identifier ?? []).find((/** @type {Resource} */ i) => i.system === "https://fhir.nhs.uk/Id/nhs-number")?.value;
  by("patient").replaceChildren(
    made("strong", spelled),
    made("span", `Born ${p.birthDate ? shown(p.birthDate) : "Not known"}`),
    made("span", `Gender ${p.gender ?? "Not known"}`),
    made("span", `NHS No. ${number ? number.replace(/^(...)(...)(....)$/, "$1 $2 $3") : "Not known"}`),
  );
  by("patient").hidden = false;
}

/** @param {Reading} reading @param {string} broken */
function show(reading, broken) {
  const missing = [...(broken ? [broken] : []), ...reading.missing];
  if (reading.foreign > 0) missing.push(`${reading.foreign} observations about somebody else were dropped.`);
  by("missing").hidden = missing.length === 0;
  by("missing").querySelector("ul")?.replaceChildren(...missing.map((text) => made("li", text)));
  const points = reading.series.reduce((n, s) => n + s.points.length, 0);
  const wordy = reading.wordy > 0 ? ` ${reading.wordy} more have no number and are not charted.` : "";
  const none = missing.length > 0 ? "No measurement was read, and not everybody has answered." : "No measurement is recorded.";
  by("progress").textContent = points > 0 ? `${points} values of ${reading.series.length} kinds.${wordy}` : none + wordy;
  if (points === 0) return;
  const select = /** @type {HTMLSelectElement} */ (by("series"));
  select.replaceChildren(...reading.series.map((s, i) => new Option(`${s.name}${s.unit ? `, ${s.unit}` : ""} (${s.points.length})`, String(i))));
  select.addEventListener("change", () => draw(reading.series[select.selectedIndex], reading.sources));
  by("chart").hidden = false;
  draw(reading.series[0], reading.sources);
}

/** @param {Series} series @param {string[]} sources */
function draw(series, sources) {
  by("chart-heading").textContent = `${series.name}${series.unit ? ` (${series.unit})` : ""}`;
  by("plot").replaceChildren(chart(series, sources, shown));
  by("legend").replaceChildren(legend(series, sources));
  by("table-caption").textContent = `${series.name}: ${series.points.length} values, newest first`;
  by("rows").replaceChildren(...[...series.points].reverse().map((p) => {
    const row = document.createElement("tr");
    const value = made("td", `${p.comparator}${p.value}${p.unit ? ` ${p.unit}` : ""}`);
    value.className = "number";
    row.append(made("td", shown(p.when)), value, made("td", p.source), made("td", p.range), made("td", p.notes));
    return row;
  }));
}

/** Says why the record cannot be shown, by what the server answered. @param {any} error */
function stopped(error) {
  const status = error?.statusCode ?? error?.status;
  if (status === 401) {
    forget();
    by("connect").hidden = false;
    by("patient").hidden = true;
    problem("The session is over.", "Connect again to go on.");
  } else if (status === 403) problem("You may not see this in the app.", words(error));
  else if (status === 404) problem("The person was not found in the shared record.", words(error));
  else if (status === 503) problem("The shared record cannot answer now.", "A system that holds the person's record does not answer. Try again in a moment.");
  else if (error instanceof TypeError) problem("The shared record cannot be reached.", "The network or the server's rules for other sites' apps do not let the app through.");
  else problem("The record cannot be shown.", words(error));
}

open().catch((error) => problem("The app does not work.", words(error)));
