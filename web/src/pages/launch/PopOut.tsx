import { useState } from "react";
import { paths } from "../../paths";
import { launchAgain } from "../../smart/castHub";
import { fhirBase } from "../../smart/ours";

/** Opens the same view in a window of its own, by a launch of its own: no token leaves this page, and this page goes on. */
export function PopOut({ event }: { readonly event: string }) {
  const [problem, setProblem] = useState("");
  const open = async () => {
    setProblem("");
    // Before anything is waited for: a browser lets a click alone open a window.
    const opened = window.open("about:blank", "_blank");
    if (opened === null) {
      setProblem("This browser did not allow a window.");
      return;
    }
    opened.opener = null;
    const launch = await launchAgain(event);
    if (launch === "") {
      opened.close();
      setProblem("The window could not be opened. Try again.");
      return;
    }
    opened.location.replace(`${paths.launch}?${new URLSearchParams({ iss: fhirBase(), launch }).toString()}`);
  };
  return (
    <>
      {problem ? <span role="alert">{problem}</span> : null}
      <button type="button" onClick={() => void open()}>
        Open in a window
      </button>
    </>
  );
}
