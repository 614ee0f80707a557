import { useState } from "react";
import { flushSync } from "react-dom";
import type { ViewFacts } from "../../../api/views";
import { navigate } from "../../../history";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { usePage } from "../../usePage";
import { Problem } from "../Problem";
import { DesignForm } from "./DesignForm";
import { useGround } from "./useDesign";

interface DesignPageProps {
  /** Null for a new view. */
  readonly id: string | null;
  readonly role: string;
}

/** Designs a view, new or again. A new one has an address of its own as soon as it is saved, and the form stays as it is. */
export function DesignPage({ id, role }: DesignPageProps) {
  const [shown, setShown] = useState({ id, begun: id, saved: "", round: 0 });
  if (shown.id !== id) setShown(id === shown.saved ? { ...shown, id } : { id, begun: id, saved: "", round: shown.round + 1 });
  return (
    <Design
      key={shown.round}
      id={shown.begun}
      role={role}
      onSaved={(view) => {
        if (view.id === shown.id) return;
        // Before the address changes, so that the form is not begun anew with it.
        flushSync(() => {
          setShown({ ...shown, saved: view.id });
        });
        navigate(paths.editView(view.id), "replace");
      }}
    />
  );
}

function Design({ id, role, onSaved }: DesignPageProps & { readonly onSaved: (view: ViewFacts) => void }) {
  const title = id === null ? "New view" : "Change a view";
  const heading = usePage<HTMLHeadingElement>(title);
  const { value, problem } = useGround(id);
  return (
    <>
      <p className="pw-small">
        <Link to={paths.views}>Views</Link>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <Problem text={problem} />
      {value === null ? <p role="status">{problem ? "" : "Reading what can be shown"}</p> : <DesignForm ground={value} role={role} onSaved={onSaved} />}
    </>
  );
}
