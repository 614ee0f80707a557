// @ts-check
// The page of the EPR. It asks its back end how to open the record, and opens it: in a
// frame, or in a window of its own. What is in there belongs to another site.

/** @typedef {{name: string, status: number, error?: string, error_description?: string}} Step */
/** @typedef {{method: string, url: string, fields?: Record<string, string>}} Opening */

/** @template {HTMLElement} T @param {string} id @returns {T} */
const by = (id) => /** @type {T} */ (document.getElementById(id));

let patient = "";
let count = 0;
/** The FHIRcast topics of what is open. @type {string[]} */
let topics = [];

/** @param {HTMLButtonElement} button */
function choosePatient(button) {
  showPatient(button);
  // Somebody else's record must not stay beside the new banner, unless that is what is
  // to be seen.
  if (!(/** @type {HTMLInputElement} */ (by("keep-frames")).checked)) closeFrames();
}

/** @param {HTMLButtonElement} button */
function showPatient(button) {
  for (const other of document.querySelectorAll("[data-patient]")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  patient = button.dataset.patient ?? "";
  by("patient-name").textContent = button.dataset.name ?? "";
  by("patient-born").textContent = button.dataset.born ?? "";
  by("patient-gender").textContent = button.dataset.gender || "Not known";
  by("patient-number").textContent = button.dataset.number ?? "";
  by("patient-id").textContent = patient;
}

function closeFrames() {
  topics = [];
  by("frames").replaceChildren();
}

/** @param {Step} step */
function report(step) {
  const item = document.createElement("li");
  item.className = step.error || step.status >= 400 ? "failed" : "well";
  item.textContent = [step.name, step.status || "", step.error ?? "", step.error_description ?? ""].filter(Boolean).join(" · ");
  const list = by("status");
  list.append(item);
  list.scrollTop = list.scrollHeight;
}

/** @param {string} whose */
const captionOf = (whose) => `Shared record: ${whose}`;

/** A new frame, named so that forms can be posted into it. @returns {string} */
function newFrame() {
  if (!(/** @type {HTMLInputElement} */ (by("keep-frames")).checked)) closeFrames();
  const name = `record-${++count}`;
  const whose = by("patient-name").textContent ?? "";
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const close = document.createElement("button");
  const frame = document.createElement("iframe");
  const words = document.createElement("span");
  words.textContent = captionOf(whose);
  caption.append(words, close);
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => figure.remove());
  frame.name = frame.id = name;
  frame.title = captionOf(whose);
  figure.append(caption, frame);
  by("frames").append(figure);
  return name;
}

/** @param {Opening} opening @param {string} target */
function follow(opening, target) {
  if (opening.method === "GET") {
    window.open(opening.url, target);
    return;
  }
  const form = document.createElement("form");
  form.method = "post";
  form.action = opening.url;
  form.target = target;
  for (const [name, value] of Object.entries(opening.fields ?? {})) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

/** @param {string} way */
async function open(way) {
  const opens = way !== "check";
  // Before anything is waited for: a browser lets a click alone open a window.
  const apart = opens && /** @type {HTMLInputElement} */ (by("new-window")).checked ? `record-window-${++count}` : "";
  const opened = apart ? window.open("about:blank", apart) : null;
  by("status").replaceChildren();
  try {
    const answer = await fetch(`ways/${way}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        clinician: /** @type {HTMLSelectElement} */ (by("clinician")).value,
        patient,
        app: /** @type {HTMLSelectElement} */ (by("app")).value,
        banner: /** @type {HTMLInputElement} */ (by("own-banner")).checked,
      }),
    });
    /** @type {{steps: Step[], open?: Opening, topic?: string}} */
    const done = await answer.json();
    done.steps.forEach(report);
    if (done.open) follow(done.open, apart || newFrame());
    else opened?.close();
    if (done.topic) topics.push(done.topic);
  } catch (problem) {
    opened?.close();
    report({ name: "EPR", status: 0, error: "unreachable", error_description: String(problem) });
  }
}

/**
 * Tells the records that are open whom this page is about to show, by FHIRcast.
 * @param {string} way @param {string} whom
 */
async function tell(way, whom) {
  try {
    const answer = await fetch(`ways/${way}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ clinician: /** @type {HTMLSelectElement} */ (by("clinician")).value, patient: whom, topics }),
    });
    /** @type {{steps: Step[]}} */
    const done = await answer.json();
    by("status").replaceChildren();
    done.steps.forEach(report);
  } catch (problem) {
    report({ name: "EPR", status: 0, error: "unreachable", error_description: String(problem) });
  }
}

/** Moves to a patient of the list: first the records hear of it, then the banner shows them. @param {HTMLButtonElement} button */
async function moveTo(button) {
  await tell("move", button.dataset.patient ?? "");
  showPatient(button);
  for (const figure of document.querySelectorAll("#frames figure")) {
    const [caption, frame] = [figure.querySelector("span"), figure.querySelector("iframe")];
    if (caption) caption.textContent = captionOf(button.dataset.name ?? "");
    if (frame) frame.title = captionOf(button.dataset.name ?? "");
  }
}

by("move-next").addEventListener("click", () => {
  const all = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("[data-patient]:not([data-unknown])")]);
  const next = all[(all.findIndex((b) => b.dataset.patient === patient) + 1) % all.length];
  if (next) void moveTo(next);
});
by("move-unknown").addEventListener("click", () => {
  const unknown = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-unknown]"));
  if (unknown) void moveTo(unknown);
});
by("close-patient").addEventListener("click", () => void tell("leave", patient));
by("patients").addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (button) choosePatient(button);
});
by("close-frames").addEventListener("click", closeFrames);
by("clinician").addEventListener("change", closeFrames);
for (const button of document.querySelectorAll("[data-way]")) {
  button.addEventListener("click", () => void open(/** @type {HTMLElement} */ (button).dataset.way ?? ""));
}
new EventSource("events").addEventListener("message", (event) => report(JSON.parse(event.data)));
const first = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-patient]"));
if (first) choosePatient(first);
