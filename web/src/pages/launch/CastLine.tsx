import type { Cast } from "../../smart/cast";
import { Message } from "../../ui/Message";

/** Says when the page cannot know whether its patient still is the one whom the EPR shows. */
export function CastLine({ cast, epr }: { readonly cast: Cast; readonly epr: string }) {
  return (
    <div role="status" data-cast={cast.is}>
      {cast.is === "unsure" ? (
        <Message tone="missing">
          This view no longer follows {epr || "the system that opened it"}: the connection is lost, and is being tried again. Check that the patient here is the one who is open there.
        </Message>
      ) : null}
    </div>
  );
}
