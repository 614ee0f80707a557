import { useState } from "react";
import { ask, type ListFacts } from "../../api";
import { ArchiveListDocument, LeaveListDocument } from "../../api/generated/graphql";
import { navigate } from "../../history";
import { Link } from "../../navigation";
import { paths } from "../../paths";
import { ColumnsDialog } from "./columns/ColumnsDialog";
import { ConfirmDialog } from "./dialogs/ConfirmDialog";
import { EditDialog } from "./dialogs/EditDialog";
import { HistoryDialog } from "./dialogs/HistoryDialog";
import { ShareDialog } from "./share/ShareDialog";

interface ListActionsProps {
  readonly list: ListFacts;
  readonly onChanged: (list: ListFacts, news: string) => void;
}

type Open = "" | "edit" | "columns" | "share" | "history" | "archive" | "leave";

/** What can be done with a list as a whole. What is open stays as it is when the list changes behind it. */
export function ListActions({ list, onChanged }: ListActionsProps) {
  const [open, setOpen] = useState<Open>("");
  const close = () => {
    setOpen("");
  };
  const done = (now: ListFacts, news: string) => {
    setOpen("");
    onChanged(now, news);
  };
  const owns = list.may === "OWN";
  const edits = list.may !== "READ" && !list.archived;
  const opener = (what: Open, words: string) => (
    <button
      type="button"
      className="pw-more"
      aria-haspopup="dialog"
      onClick={() => {
        setOpen(what);
      }}
    >
      {words}
    </button>
  );

  return (
    <>
      <div className="pw-buttons pw-list__deeds" role="group" aria-label="What you can do with this list">
        {edits && !list.roster ? (
          <Link to={paths.addToList(list.id)} className="nhsuk-button nhsuk-button--small">
            Add people
          </Link>
        ) : null}
        {edits ? opener("columns", "Choose columns") : null}
        {edits ? opener("edit", "Change title or description") : null}
        {owns && !list.archived ? opener("share", "Share") : null}
        {list.may === "READ" ? null : opener("history", "History")}
        {owns ? opener("archive", list.archived ? "Bring back" : "Archive") : opener("leave", "Leave this list")}
      </div>
      {open === "edit" ? <EditDialog list={list} onChanged={done} onClose={close} /> : null}
      {open === "columns" ? <ColumnsDialog list={list} onChanged={done} onClose={close} /> : null}
      {open === "share" ? <ShareDialog list={list} onChanged={onChanged} onClose={close} /> : null}
      {open === "history" ? <HistoryDialog id={list.id} onClose={close} /> : null}
      {open === "archive" ? (
        <ConfirmDialog
          title={list.archived ? "Bring this list back" : "Archive this list"}
          lead={list.archived ? "It stands among your lists again, for everybody it is shared with." : "It goes from everybody’s lists and can be brought back. Nothing is lost."}
          button={list.archived ? "Bring back" : "Archive"}
          onConfirm={async () => {
            const now = await ask(ArchiveListDocument, { id: list.id, archived: !list.archived }, (data) => data.archiveList);
            done(now, now.archived ? "The list is archived." : "The list is back.");
          }}
          onClose={close}
        />
      ) : null}
      {open === "leave" ? (
        <ConfirmDialog
          title="Leave this list"
          lead="You cannot open it any more until somebody shares it with you again."
          button="Leave this list"
          onConfirm={async () => {
            await ask(LeaveListDocument, { id: list.id }, (data) => data.leaveList);
            navigate(paths.lists);
          }}
          onClose={close}
        />
      ) : null}
    </>
  );
}
