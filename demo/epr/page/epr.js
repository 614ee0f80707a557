// @ts-check
// The page of the EPR. It asks its back end how to open the record, and opens it: in a
// frame, or in a window of its own. What is in there belongs to another site.

/** @typedef {{name: string, status: number, error?: string, error_description?: string}} Step */
/** @typedef {{method: string, url: string, fields?: Record<string, string>}} Opening */

/** @template {HTMLElement} T @param {string} id @returns {T} */
const by = (id) => /** @type {T} */ (document.getElementById(id));

let patient = "";
let count = 0;

/** @param {HTMLButtonElement} button */
function choosePatient(button) {
  for (const other of document.querySelectorAll("[data-patient]")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  patient = button.dataset.patient ?? "";
  by("patient-name").textContent = button.dataset.name ?? "";
  by("patient-born").textContent = button.dataset.born ?? "";
  by("patient-gender").textContent = button.dataset.gender || "Not known";
  by("patient-number").textContent = button.dataset.number ?? "";
  by("patient-id").textContent = patient;
  // Somebody else's record must not stay beside the new banner, unless that is what is
  // to be seen.
  if (!(/** @type {HTMLInputElement} */ (by("keep-frames")).checked)) closeFrames();
}

function closeFrames() {
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

/** A new frame, named so that forms can be posted into it. @returns {string} */
function newFrame() {
  if (!(/** @type {HTMLInputElement} */ (by("keep-frames")).checked)) closeFrames();
  const name = `record-${++count}`;
  const whose = by("patient-name").textContent ?? "";
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const close = document.createElement("button");
  const frame = document.createElement("iframe");
  caption.append(`Shared record: ${whose}`, close);
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => figure.remove());
  frame.name = frame.id = name;
  frame.title = `Shared record of ${whose}`;
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
      }),
    });
    /** @type {{steps: Step[], open?: Opening}} */
    const done = await answer.json();
    done.steps.forEach(report);
    if (done.open) follow(done.open, apart || newFrame());
    else opened?.close();
  } catch (problem) {
    opened?.close();
    report({ name: "EPR", status: 0, error: "unreachable", error_description: String(problem) });
  }
}

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
