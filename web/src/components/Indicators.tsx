import type { RecordState } from "../api";
import { navigate } from "../history";
import { type PatientPart, paths } from "../paths";
import { Icon } from "../ui/Icon";
import { type Indicator, indicators } from "./indicators";
import { showPlace } from "./places";

interface IndicatorsProps {
  readonly state: RecordState;
  readonly part: PatientPart;
  /** Where the view has no address of its own, opened by an EPR; null where it has. */
  readonly onPart: ((part: PatientPart) => void) | null;
}

/** What must be known at once, in words, each leading to where it is told in full. */
export function Indicators({ state, part, onPart }: IndicatorsProps) {
  const all = indicators(state);
  if (all.length === 0) return null;
  const open = (wanted: Indicator) => {
    if (wanted.part !== part) {
      if (onPart === null) navigate(paths.patient(state.id, wanted.part));
      else onPart(wanted.part);
    }
    showPlace(wanted.place);
  };
  return (
    <ul className="pw-indicators" aria-label="What must be known at once">
      {all.map((i) => (
        <li key={i.key}>
          <button
            type="button"
            className={`pw-indicator pw-indicator--${i.tone}`}
            data-indicator={i.key}
            onClick={() => {
              open(i);
            }}
          >
            <Icon name={i.icon} />
            <span>{i.text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
