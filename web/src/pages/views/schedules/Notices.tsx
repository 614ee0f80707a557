import { useEffect } from "react";
import { ask } from "../../../api";
import type { ViewNotice } from "../../../api/views";
import { ReadViewNoticesDocument, ViewNoticesDocument } from "../../../api/generated/graphql";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { formatInstant } from "../../../ui/dates";
import { Tag } from "../../../ui/Tag";
import { useDeed } from "../../lists/useDeed";
import { useFocusAfter } from "../../useFocusAfter";
import { Problem } from "../Problem";
import { useAsked } from "../useAsked";
import { noticeWords } from "./words";

const read = (signal: AbortSignal) => ask(ViewNoticesDocument, {}, (data) => data.viewNotices, signal);

/** What the repeated views have told: numbers of rows, and nobody. */
export function Notices({ onTold }: { readonly onTold: (unread: number) => void }) {
  const { value, problem, put } = useAsked(read);
  const { busy, wrong, act } = useDeed();
  const focusAfter = useFocusAfter();
  const unread = value?.unread ?? null;
  useEffect(() => {
    if (unread !== null) onTold(unread);
  }, [unread, onTold]);
  if (value === null) return problem ? <Problem text={problem} /> : null;
  if (value.notices.length === 0) return null;
  const readAll = () => {
    void act(async () => {
      put(await ask(ReadViewNoticesDocument, {}, (data) => data.readViewNotices));
      focusAfter("views-told");
    });
  };
  return (
    <section aria-labelledby="views-told" className="pw-lists">
      <h2 id="views-told" tabIndex={-1}>
        What repeated views have found
      </h2>
      <ErrorSummary wrong={wrong} level={3} />
      <ul className="pw-views__runs">
        {value.notices.map((notice) => (
          <li key={notice.id} data-notice={notice.id} data-read={notice.read}>
            {notice.read ? null : <Tag tone="warning">Not read</Tag>} <Where notice={notice} />
            <span className="pw-small"> {notice.at ? formatInstant(notice.at) : ""}</span>
          </li>
        ))}
      </ul>
      {value.unread > 0 ? (
        <button type="button" className="pw-more" aria-disabled={busy} onClick={readAll}>
          Mark all as read
        </button>
      ) : null}
    </section>
  );
}

/** What it says, and the way to the run: whoever opens that has read it. */
function Where({ notice }: { readonly notice: ViewNotice }) {
  const said = `${notice.title}: ${noticeWords(notice)}`;
  if (!notice.run) return <span>{said}</span>;
  return <Link to={notice.problem ? paths.viewRun(notice.run) : paths.viewChanges(notice.run)}>{said}</Link>;
}
