import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { MissingLine } from "../components/MissingLine";
import { PatientBanner } from "../components/PatientBanner";
import { Registrations } from "../components/Registrations";
import { Link } from "../navigation";
import { paths } from "../paths";
import { care, clinical } from "../sections";
import { formatInstant } from "../ui/dates";
import { LiveRegion } from "../ui/LiveRegion";
import { useRecord } from "./useRecord";

/** One person across every system. Keyed by id in App, so that nothing survives a change of patient. */
export function PatientPage({ id, reader }: { readonly id: string; readonly reader: string }) {
  const { state, askAgain } = useRecord(id);
  const printed = usePrintTime();
  useEffect(() => {
    document.title = "Patient record – Patchwork";
    document.getElementById("main")?.focus({ preventScroll: true });
  }, []);

  const { problem, identity, sections } = state;
  const lost = problem !== null && identity === null;
  if (lost && ["PATIENT_NOT_FOUND", "FORBIDDEN"].includes(problem.code)) {
    return (
      <div className="pw-page">
        <h1>This record cannot be opened</h1>
        <p>{problem.message}.</p>
        <p>
          <Link to={paths.find}>Find a patient</Link>
        </p>
      </div>
    );
  }
  const failed = problem === null ? null : "It could not be asked for";
  return (
    <>
      <PatientBanner identity={identity} allergies={sections.allergies}>
        <MissingLine state={state} onAskAgain={askAgain} />
        <p className="pw-printed">
          Printed {formatInstant(printed)} by {reader} from Patchwork. Each statement names its source.
        </p>
      </PatientBanner>
      <LiveRegion text={state.news} />
      <div className="pw-page">
        <Registrations registrations={identity?.registrations ?? []} />
        <div className="pw-columns">
          <div className="pw-column">{clinical.map((view) => view.card(sections, failed))}</div>
          <div className="pw-column">{care.map((view) => view.card(sections, failed))}</div>
        </div>
      </div>
    </>
  );
}

/** The moment of the last printing, for every sheet. */
function usePrintTime(): string {
  const [time, setTime] = useState(() => new Date().toISOString());
  useEffect(() => {
    const printing = () => {
      flushSync(() => {
        setTime(new Date().toISOString());
      });
    };
    window.addEventListener("beforeprint", printing);
    return () => {
      window.removeEventListener("beforeprint", printing);
    };
  }, []);
  return time;
}
