import { begin } from "./early";
import "./styles/main.scss";

/** From then on nothing is waited for with the page, in milliseconds. */
const patience = 150;

const late = new Promise((resolve) => setTimeout(resolve, patience));
// Answers can be faster than the rest of the document, in which is the place of the page.
const parsed = new Promise((resolve) => {
  if (document.readyState !== "loading") resolve(null);
  else document.addEventListener("DOMContentLoaded", resolve, { once: true });
});
const begun = begin().catch(() => undefined); // the page asks for everything again
await Promise.race([begun, late]);
await parsed;
await import("./main").catch(() => {
  // A page always comes: one that could not be fetched says so.
  const root = document.getElementById("root");
  if (root) root.textContent = "Patchwork could not be loaded. Check the network and load the page again.";
});
