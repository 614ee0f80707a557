import { useState } from "react";
import { ask } from "../../api";
import { AcceptBirthDateDocument, UnlinkDocument } from "../../api/generated/graphql";
import { registrationWords } from "../../components/missing";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { formatInstant } from "../../ui/dates";
import { LiveRegion } from "../../ui/LiveRegion";
import { sentence, stop } from "../../ui/words";
import { useFocusAfter } from "../useFocusAfter";
import { usePage } from "../usePage";
import { ReasonForm } from "./ReasonForm";
import { useLinks } from "./useLinks";
import { eventSentence } from "./words";

/** What somebody is about to do with one of the person's records. */
type Doing = { readonly what: "unlink"; readonly source: string; readonly localId: string } | { readonly what: "birth-date"; readonly source: string } | null;

/** Which records are one person's, why, and how that came to be; and how to put it right. */
export function LinksPage({ id }: { readonly id: string }) {
  const heading = usePage<HTMLHeadingElement>("Links of a person");
  const focusAfter = useFocusAfter();
  const { links, problem, again } = useLinks(id);
  const [doing, setDoing] = useState<Doing>(null);
  const [news, setNews] = useState("");
  const person = links?.person;
  const names = new Map((person?.registrations ?? []).map((r) => [r.source.id ?? "", r.source.name ?? r.source.id ?? ""]));
  const done = (sentence: string) => {
    setDoing(null);
    setNews(sentence);
    focusAfter("links-of");
    again();
  };
  const cancel = () => {
    setDoing(null);
    focusAfter("links-of");
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1} id="links-of">
        Links of {person?.person?.name?.text ?? "a person"}
      </h1>
      <p className="pw-lead">
        Which records are this person’s, and why. <Link to={paths.patient(id)}>Open the record</Link> · <Link to={paths.linking}>Work list</Link>
      </p>
      <LiveRegion text={news} />
      {problem ? (
        <p className="nhsuk-error-message" role="alert">
          {stop(problem)}
        </p>
      ) : null}
      {links === null && problem === "" ? <p role="status">Reading the links</p> : null}
      <ul className="pw-reviews">
        {(person?.registrations ?? []).map((r) => {
          const source = r.source.id ?? "";
          return (
            <li className="pw-review" key={source} data-state={r.state}>
              <h2 className="pw-review__title">{names.get(source)}</h2>
              <p className="pw-review__sentence">
                {stop(`${names.get(source) ?? "It"} ${registrationWords(r)}`)}
                {r.reason && r.state !== "LINKED" && r.state !== "ABSENT" ? ` ${stop(r.reason)}` : ""}
              </p>
              <ul>
                {r.links.map((l) => (
                  <li key={l.localId ?? l.status}>
                    {l.localId ? `Record ${l.localId}: ` : ""}
                    {sentence(stop(l.evidence ?? l.status.toLowerCase()))}
                    {l.since ? ` Since ${formatInstant(l.since)}.` : ""}{" "}
                    {l.localId ? (
                      <button
                        type="button"
                        className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
                        onClick={() => {
                          setDoing({ what: "unlink", source, localId: l.localId ?? "" });
                        }}
                      >
                        Unlink<span className="nhsuk-u-visually-hidden"> record {l.localId}</span>
                      </button>
                    ) : null}
                  </li>
                ))}
              </ul>
              {r.state === "CONFLICT" ? (
                <button
                  type="button"
                  className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
                  onClick={() => {
                    setDoing({ what: "birth-date", source });
                  }}
                >
                  Take this system’s date of birth
                </button>
              ) : null}
              {doing?.source === source && doing.what === "unlink" ? (
                <ReasonForm
                  what="Unlink this record"
                  effect={`Record ${doing.localId} is no longer shown as this person’s, to anybody, at once; and it is never linked with them again unless somebody says so.`}
                  button="Unlink it"
                  busy="Unlinking"
                  danger
                  onDo={async (reason) => {
                    await ask(UnlinkDocument, { patient: id, source, localId: doing.localId, reason }, (data) => data.unlink);
                    done("Unlinked.");
                  }}
                  onCancel={cancel}
                />
              ) : null}
              {doing?.source === source && doing.what === "birth-date" ? (
                <ReasonForm
                  what="Take this system’s date of birth"
                  effect="The date of birth that this system states becomes the one that all records are held against. All links end, and every system is asked again whether it agrees."
                  button="Take it"
                  busy="Asking the systems"
                  danger
                  onDo={async (reason) => {
                    await ask(AcceptBirthDateDocument, { patient: id, source, reason }, (data) => data.acceptBirthDate);
                    done("The date of birth is decided. Every system is asked again.");
                  }}
                  onCancel={cancel}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
      {links === null ? null : (
        <section aria-labelledby="history">
          <h2 id="history">What happened</h2>
          {links.history.length === 0 ? <p>Nothing yet.</p> : null}
          <ol className="pw-looks pw-history">
            {links.history.map((e, i) => (
              <li key={`${e.at ?? ""}#${i}`}>
                <strong>{e.at ? formatInstant(e.at) : ""}</strong> {stop(eventSentence(e, (source) => names.get(source) ?? source))}
                {e.evidence ? ` ${sentence(stop(e.evidence))}` : ""}
                {e.reason ? (
                  <>
                    {" "}
                    Reason: <span className="pw-note">{e.reason}</span>
                  </>
                ) : null}
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
