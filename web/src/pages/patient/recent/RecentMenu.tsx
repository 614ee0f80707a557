import { useState } from "react";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { Message } from "../../../ui/Message";
import { useRecent } from "./useRecent";
import { nameOf, tellsApart } from "./words";

/** The way from one person's record to others that were opened lately. They are read when it is opened. */
export function RecentMenu({ open }: { readonly open: string }) {
  const [shown, setShown] = useState(false);
  const { people, problem } = useRecent(shown);
  const others = people?.filter((p) => p.patient.id !== open) ?? null;
  return (
    <details
      className="pw-expander pw-recent-menu"
      onToggle={(event) => {
        setShown(event.currentTarget.open);
      }}
    >
      <summary>Opened lately</summary>
      <div className="pw-expander__body">
        {problem ? <Message tone="missing">{problem}</Message> : null}
        {problem === "" && others === null ? <Message tone="waiting">Asking</Message> : null}
        {others?.length === 0 ? <p>Nobody else.</p> : null}
        <ul>
          {(others ?? []).map((person) => (
            <li key={person.patient.id}>
              <Link to={paths.patient(person.patient.id)}>{nameOf(person)}</Link> <span className="pw-recent__who">{tellsApart(person)}</span>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
