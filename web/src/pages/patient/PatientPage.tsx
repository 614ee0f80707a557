import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { type Access, ask } from "../../api";
import { ExplainDocument } from "../../api/generated/graphql";
import { titleOf } from "../../brand";
import { ConflictLine } from "../../components/ConflictLine";
import { FreshContext } from "../../components/fresh/context";
import { Indicators } from "../../components/Indicators";
import { MissingLine } from "../../components/MissingLine";
import { PatientBanner } from "../../components/PatientBanner";
import { ReadLine } from "../../components/ReadLine";
import { toSection } from "../../components/toSection";
import { type Explain, ExplainContext } from "../../components/why/Why";
import { navigate } from "../../history";
import { Link } from "../../navigation";
import { type PatientPart, paths } from "../../paths";
import { keepsLinks, reviews } from "../../roles";
import { allergies } from "../../sections/allergies/allergies";
import { formatInstant } from "../../ui/dates";
import { sentence } from "../../ui/words";
import { LiveRegion } from "../../ui/LiveRegion";
import { AccessPanel } from "../access/AccessPanel";
import { GlassStrip } from "../access/GlassStrip";
import { AddToList } from "../lists/add/AddToList";
import { useFocusAfter } from "../useFocusAfter";
import { useFresh } from "./fresh/useFresh";
import { Part } from "./Part";
import { PartNav } from "./PartNav";
import type { Limited } from "./part";
import { RecentMenu } from "./recent/RecentMenu";
import { useOpened } from "./recent/useOpened";
import { useFirstPaint } from "./useFirstPaint";
import { useRecord } from "./useRecord";

interface PatientPageProps {
  readonly id: string;
  /** The name on the printed sheets. */
  readonly reader: string;
  readonly role: string;
  readonly part: PatientPart;
  /** Where the view has no address of its own. */
  readonly onPart?: (part: PatientPart) => void;
  readonly limited?: Limited | undefined;
}

/** One person across every system. Keyed by id in App, so that nothing survives a change of patient. */
export function PatientPage({ id, reader, role, part, onPart, limited }: PatientPageProps) {
  const { state, askAgain, readAgain, widen, narrow, edition } = useRecord(id);
  const printed = usePrintTime();
  const focusAfter = useFocusAfter();
  const explain = useExplain(id, edition);
  const fresh = useFresh(state, edition);
  // The press is answered at once; the part is drawn when the browser has a moment.
  const drawn = useDeferredValue(part);
  useOpened(state, limited !== undefined);
  useFirstPaint(state);
  useEffect(() => {
    document.title = titleOf(part === "summary" ? "Patient record" : `${sentence(part)} – patient record`);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [part]);

  const changed = useCallback(
    (access: Access, how: "claimed" | "broken") => {
      widen({ access, news: how === "claimed" ? "What you stated is recorded. The record is read again." : "The glass is broken. The record is read again." });
      // Where the focus was is gone; where it belongs says what has changed.
      focusAfter(how === "broken" ? "glass" : "access");
    },
    [widen, focusAfter],
  );
  const ended = useCallback(
    (how: "ended" | "over") => {
      narrow({ access: null, news: `${how === "ended" ? "You have ended the broken glass" : "The time of the broken glass is over"}. The record is read again.`, passive: how === "over" });
      document.getElementById("main")?.focus();
    },
    [narrow],
  );

  const { problem, identity, sections } = state;
  const lost = problem !== null && identity === null;
  if (lost && ["PATIENT_NOT_FOUND", "FORBIDDEN"].includes(problem.code)) {
    return (
      <div className="pw-page">
        <h1>This record cannot be opened</h1>
        <p>{problem.message}.</p>
        {limited ? null : (
          <p>
            {reviews(role) ? <Link to={paths.looks(id)}>Who has looked at this record</Link> : <Link to={paths.find}>Find a patient</Link>}
          </p>
        )}
      </div>
    );
  }
  const failed = problem === null ? null : "It could not be asked for";
  const toAllergies = () => {
    if (toSection(allergies.title)) return;
    if (onPart) onPart("summary");
    else navigate(paths.patient(id));
    requestAnimationFrame(() => toSection(allergies.title));
  };
  const glass = identity?.access.breakGlass;
  return (
    <ExplainContext value={explain}>
      <PatientBanner identity={identity} allergies={sections.allergies} onAllergies={toAllergies} shownElsewhere={limited === "named-around-it"}>
        <Indicators state={state} part={part} onPart={onPart ?? null} />
        {glass ? <GlassStrip key={glass.id} patient={id} glass={glass} onEnded={ended} /> : null}
        <ConflictLine identity={identity} />
        <div className="pw-banner__foot">
          <MissingLine state={state} onAskAgain={askAgain} leads={limited === undefined} />
          <ReadLine state={state} onReadAgain={readAgain} />
        </div>
        <p className="pw-printed">
          Printed {formatInstant(printed)} by {reader} from Patchwork. Each statement names its source.
        </p>
      </PatientBanner>
      <LiveRegion text={state.news} />
      <div className="pw-page">
        <PartNav id={id} part={part} onPart={onPart ?? null} />
        <div className="pw-over">
          {identity ? <AccessPanel patient={id} access={identity.access} onChanged={changed} /> : null}
          {limited ? null : (
            <div className="pw-tools">
              {reviews(role) ? <Link to={paths.looks(id)}>Who has looked at this record</Link> : null}
              {keepsLinks(role) ? <Link to={paths.links(id)}>Links of this person</Link> : null}
              <RecentMenu open={id} />
              <AddToList who={() => id} about="this person" />
            </div>
          )}
        </div>
        <FreshContext value={fresh}>
          <Part part={drawn} id={id} state={state} failed={failed} edition={edition} limited={limited ?? null} />
        </FreshContext>
      </div>
    </ExplainContext>
  );
}

/** Asks why about this person; another edition of what may be seen asks everything anew. */
function useExplain(patient: string, edition: number): Explain {
  return useMemo<Explain>(() => {
    const about = { patient, edition };
    return ({ resource, source, label }, signal) => ask(ExplainDocument, { patient: about.patient, resource, source, label }, (data) => data.explain, signal);
  }, [patient, edition]);
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
