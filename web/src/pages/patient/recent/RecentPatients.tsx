import { useId, useState } from "react";
import { useSession } from "../../../session/context";
import { opens } from "../../../roles";
import { formatClock } from "../../../ui/dates";
import { LiveRegion } from "../../../ui/LiveRegion";
import { Message } from "../../../ui/Message";
import { useFocusAfter } from "../../useFocusAfter";
import { useRecent } from "./useRecent";
import { nameOf, tellsApart } from "./words";

/** Whom the reader opened lately, to open again with one click; nothing where that is nobody. */
export function RecentPatients({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const session = useSession();
  const id = useId();
  const [said, setSaid] = useState("");
  const focusAfter = useFocusAfter();
  const { people, problem, forget } = useRecent(session !== null && opens(session.role));
  const forgetting = async (patient: string | null, words: string) => {
    if (await forget(patient)) {
      setSaid(words);
      focusAfter(id);
    }
  };
  if (problem === "" && (people === null || people.length === 0) && said === "") return null;
  return (
    <section className="pw-recent" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        Opened lately
      </h2>
      {problem ? <Message tone="missing">{problem}</Message> : null}
      <LiveRegion text={said} />
      {said !== "" && people?.length === 0 ? <p>Nobody is listed any more.</p> : null}
      <ul className="pw-recent__people">
        {(people ?? []).map((person) => (
          <li key={person.patient.id}>
            <button
              type="button"
              className="pw-recent__open"
              onClick={() => {
                onOpen(person.patient.id);
              }}
            >
              {nameOf(person)}
            </button>
            <span className="pw-recent__who">{tellsApart(person)}</span>
            <span className="pw-recent__when">opened {formatClock(person.opened)}</span>
            <button type="button" className="pw-more" onClick={() => void forgetting(person.patient.id, "Forgotten.")}>
              Forget<span className="nhsuk-u-visually-hidden"> that you opened {nameOf(person)}</span>
            </button>
          </li>
        ))}
      </ul>
      {(people?.length ?? 0) > 1 ? (
        <button type="button" className="pw-more" onClick={() => void forgetting(null, "All are forgotten.")}>
          Forget all of them
        </button>
      ) : null}
    </section>
  );
}
