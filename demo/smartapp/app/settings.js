// @ts-check
/** @typedef {import("./types").Config} Config */

/** What the app asks for: one patient's measurements, to read, while the user is there. */
export const scope = "launch/patient openid fhirUser patient/Patient.rs patient/Observation.rs online_access";

/** @returns {Promise<Config>} */
export async function settings() {
  const answer = await fetch("config.json");
  if (!answer.ok) throw new Error("The app's own server does not answer.");
  return answer.json();
}

/** Shows what went wrong, in words, and takes away what says that all is going on. @param {string} text @param {string} [more] */
export function problem(text, more) {
  const box = /** @type {HTMLElement} */ (document.getElementById("problem"));
  const strong = document.createElement("strong");
  strong.textContent = text;
  box.replaceChildren(strong);
  if (more) {
    const detail = document.createElement("p");
    detail.textContent = more;
    box.append(detail);
  }
  box.hidden = false;
  /** @type {HTMLElement} */ (document.getElementById("progress")).textContent = "";
}

/** @param {unknown} error */
export const words = (error) => (error instanceof Error ? error.message : String(error));
