import { useEffect, useState } from "react";
import { ApiError } from "../../api";
import { browser } from "../../history";
import { paths } from "../../paths";
import { depart } from "../../smart/depart";
import { inFrame } from "../../smart/frame";
import { isOurs } from "../../smart/ours";
import { OpenInWindow } from "./OpenInWindow";
import { RefusalPage } from "./RefusalPage";
import { TroublePage } from "./TroublePage";
import type { RefusalWords } from "./words";

const next = "Open the patient again from the system that you came from. If it happens again, tell its service desk the words above.";

/** SMART App Launch 2.2, "Launch App: EHR Launch": an EPR opens the viewer on a patient. */
export function LaunchPage({ search }: { readonly search: string }) {
  const [trouble, setTrouble] = useState<unknown>(null);
  const wrong = wrongWith(search);
  const launch = wrong === null ? (new URLSearchParams(search).get("launch") ?? "") : "";

  useEffect(() => {
    if (launch !== "") depart({ back: paths.find, launch }).catch(setTrouble);
  }, [launch]);

  const unproven = new URLSearchParams(search).get("prefill") ?? "";
  const toSearch = `${paths.find}?prefill=${encodeURIComponent(unproven)}`;
  useEffect(() => {
    if (unproven !== "" && !inFrame()) browser.leave(toSearch);
  }, [unproven, toSearch]);

  if (unproven !== "") {
    return inFrame() ? <OpenInWindow address={toSearch} why="The system that you came from does not prove who you are. Sign in and look for the patient in a window of its own." /> : <p role="status">Opening the search</p>;
  }
  if (wrong !== null) return <RefusalPage code={wrong.code} words={wrong} />;
  if (trouble === null) return <p role="status">Opening the record</p>;
  if (trouble instanceof ApiError && trouble.code === "NO_STORAGE" && inFrame()) {
    return <OpenInWindow address={window.location.href} why="This browser does not let Patchwork keep anything inside another system’s page. In a window of its own it can be opened now, within a minute." />;
  }
  return (
    <TroublePage error={trouble}>
      <a className="nhsuk-button" href={`${paths.launch}${search}`}>
        Try again
      </a>
    </TroublePage>
  );
}

/** What a launch lacks, before anything is asked of anybody; null if nothing. */
function wrongWith(search: string): (RefusalWords & { readonly code: string }) | null {
  const query = new URLSearchParams(search);
  const refused = (code: string, happened: string) => ({ code, title: "The record could not be opened from there", happened, next });
  for (const name of ["iss", "launch"]) {
    if (query.getAll(name).length > 1) return refused("launch-twice", `The system that you came from gave Patchwork “${name}” more than once.`);
    if (!query.get(name)) return refused(`launch-no-${name}`, `The system that you came from opened Patchwork without “${name}”, which says ${name === "iss" ? "which server is meant" : "which patient is meant"}.`);
  }
  if (!isOurs(query.get("iss") ?? "")) return refused("launch-other-iss", "The system that you came from named another server (“iss”) than this one, which Patchwork does not know.");
  return null;
}
