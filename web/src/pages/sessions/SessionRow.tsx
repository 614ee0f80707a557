import type { OwnSession } from "../../api";
import { formatInstant } from "../../ui/dates";
import { coded } from "../../ui/words";
import { Cell } from "./Cell";

interface SessionRowProps {
  readonly session: OwnSession;
  readonly busy: boolean;
  readonly onEnd: () => void;
}

/** One session; on a narrow page its cells stand below each other with their titles. */
export function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const device = session.device || "Device not known";
  return (
    <tr data-session={session.id} data-current={session.current}>
      <Cell title="Device">
        {device}
        {session.role ? <span className="pw-small">, as {coded(session.role)}</span> : null}
      </Cell>
      <Cell title="Where">{session.address || "Not known"}</Cell>
      <Cell title="Since">{formatInstant(session.created)}</Cell>
      <Cell title="Last used">{formatInstant(session.lastSeen)}</Cell>
      <Cell title="End">
        {session.current ? (
          "This session"
        ) : (
          <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" aria-disabled={busy} onClick={onEnd}>
            End
            <span className="nhsuk-u-visually-hidden">
              {" "}
              the session on {device}, since {formatInstant(session.created)}
            </span>
          </button>
        )}
      </Cell>
    </tr>
  );
}
