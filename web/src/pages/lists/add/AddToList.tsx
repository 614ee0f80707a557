import { useState } from "react";
import { useSession } from "../../../session/context";
import { keepsLists } from "../../../roles";
import { AddToListDialog } from "./AddToListDialog";

interface AddToListProps {
  /** Gives Patchwork's own id of the person; throws what is to be shown. */
  readonly who: () => Promise<string> | string;
  /** For those who hear the button alone. */
  readonly about: string;
}

/** The button that puts a person onto one of the reader's lists; for whom keeps lists. */
export function AddToList({ who, about }: AddToListProps) {
  const session = useSession();
  const [open, setOpen] = useState(false);
  const [news, setNews] = useState("");
  if (!keepsLists(session?.role ?? "")) return null;
  return (
    <>
      <button
        type="button"
        className="pw-more"
        aria-haspopup="dialog"
        onClick={() => {
          setNews("");
          setOpen(true);
        }}
      >
        Add to a list
        <span className="nhsuk-u-visually-hidden"> {about}</span>
      </button>
      <span role="status" className="pw-small">
        {news}
      </span>
      {open ? (
        <AddToListDialog
          who={who}
          onAdded={(said) => {
            setNews(said);
            setOpen(false);
          }}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}
