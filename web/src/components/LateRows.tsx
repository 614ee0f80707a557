import { Icon } from "../ui/Icon";
import { count as counted, list } from "../ui/words";

interface LateRowsProps {
  readonly count: number;
  /** Whose statements they are. */
  readonly from: readonly string[];
  /** How many of them are of high risk. */
  readonly grave: number;
  /** With them, systems disagree on something that is shown as agreed. */
  readonly disputed: boolean;
  readonly things: string;
  readonly onShow: () => void;
}

/** What has arrived while somebody reads the card: offered, so that nothing moves under their eyes. */
export function LateRows({ count, from, grave, disputed, things, onShow }: LateRowsProps) {
  const weighty = [grave > 0 ? `${grave} of high risk` : null, disputed ? "systems now disagree" : null].filter((w) => w !== null);
  return (
    <p className={`pw-message pw-message--${weighty.length > 0 ? "conflict" : "waiting"} pw-late`}>
      <Icon name={weighty.length > 0 ? "warning" : "down"} />
      <button type="button" className="pw-late__show" onClick={onShow}>
        {counted(count, "more", "more")} from {list(from)}
        {weighty.length > 0 ? `, ${list(weighty)}` : ""} – show
        <span className="nhsuk-u-visually-hidden"> these {things}</span>
      </button>
    </p>
  );
}
