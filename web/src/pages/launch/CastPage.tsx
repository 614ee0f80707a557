import type { Cast } from "../../smart/cast";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";

/** What stands in the place of a patient who is no longer the one on the EPR's screen. */
export function CastPage({ cast, epr }: { readonly cast: Cast; readonly epr: string }) {
  const there = epr || "the system that opened this view";
  switch (cast.is) {
    case "closed":
      return (
        <Gone is={cast.is} title="No patient is open">
          <p>The patient was closed in {there}. When somebody is opened there, their record opens here.</p>
        </Gone>
      );
    case "refused":
      return (
        <Gone is={cast.is} title="This patient’s record cannot be opened here">
          <p>Another patient was opened in {there}. Nothing of the last one is shown any more.</p>
          {cast.why ? (
            <p>
              The server said: <q>{stop(cast.why)}</q>
            </p>
          ) : null}
          <p>When somebody else is opened there, their record opens here.</p>
        </Gone>
      );
    case "signed-out":
      return (
        <Gone is={cast.is} title="This view has ended">
          <p>You signed out of {there}.</p>
        </Gone>
      );
    default:
      return (
        <p role="status" data-cast={cast.is}>
          {cast.is === "moving" ? `Another patient was opened in ${there}. Opening their record` : "Opening the record"}
        </p>
      );
  }
}

function Gone({ is, title, children }: { readonly is: string; readonly title: string; readonly children: React.ReactNode }) {
  const heading = usePage<HTMLHeadingElement>(title);
  return (
    <div className="pw-narrow" data-cast={is} role="status">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}
