// @ts-check
// Where a launch begins: from an EPR with iss and launch, or with neither by the user's own
// wish. Either way only the one server that the app is registered at is gone to.
import { problem, scope, settings, words } from "./settings.js";

/** @param {string} url */
const bare = (url) => url.replace(/\/+$/, "");

async function begin() {
  const config = await settings();
  const asked = new URL(location.href).searchParams;
  const iss = asked.get("iss");
  const launch = asked.get("launch");
  if (iss !== null && bare(iss) !== bare(config.fhirBase)) {
    problem("This app is not registered at the server that launched it.", `It was launched for ${iss}, and is registered at ${config.fhirBase}.`);
    return;
  }
  if (iss !== null && launch === null) {
    problem("The launch is not complete.", "The address has iss but no launch. Open the app from your record again.");
    return;
  }
  // fhirclient prefers what the address says, also of things that are no launch's: they go.
  const kept = launch === null ? "" : `?${new URLSearchParams({ iss: config.fhirBase, launch })}`;
  history.replaceState({}, "", location.pathname + kept);
  await FHIR.oauth2.authorize({
    iss: config.fhirBase,
    clientId: config.clientId,
    scope: launch === null ? scope : scope.replace("launch/patient", "launch"),
    redirectUri: new URL("index.html", location.href).href,
    pkceMode: "required",
    completeInTarget: true, // in an EPR's frame too
  });
}

begin().catch((error) => problem("The shared record cannot be reached.", words(error)));
