import { useState } from "react";
import type { ViewSchedule } from "../../../api/views";
import { Link } from "../../../navigation";
import { paths } from "../../../paths";
import { formatInstant } from "../../../ui/dates";
import { useFocusAfter } from "../../useFocusAfter";
import { type Repeated, ScheduleForm } from "./ScheduleForm";

interface RepeatProps {
  readonly of: Repeated;
  readonly onMade?: (schedule: ViewSchedule) => void;
}

/** The way to have a view run again by itself. */
export function Repeat({ of, onMade }: RepeatProps) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<ViewSchedule | null>(null);
  const focusAfter = useFocusAfter();
  const close = () => {
    setOpen(false);
    focusAfter("repeat-view");
  };
  return (
    <>
      <p role="status">
        {made === null ? "" : `It is repeated${made.until ? ` until ${formatInstant(made.until)}` : ""}. `}
        {made === null ? null : <Link to={paths.views}>Your views</Link>}
        {made === null ? "" : " say when it runs and what it finds."}
      </p>
      {open ? (
        <ScheduleForm
          of={of}
          was={null}
          onCancel={close}
          onDone={(schedule) => {
            setMade(schedule);
            close();
            onMade?.(schedule);
          }}
        />
      ) : (
        <button
          type="button"
          id="repeat-view"
          className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
          onClick={() => {
            setMade(null);
            setOpen(true);
          }}
        >
          Repeat this view
        </button>
      )}
    </>
  );
}
