import { useId, useState } from "react";
import { asksNotTo, askNotTo } from "./remembered";

/** For computers that many people use. */
export function NotRemember() {
  const id = useId();
  const [not, setNot] = useState(asksNotTo);
  return (
    <div className="pw-tick">
      <input
        id={id}
        type="checkbox"
        checked={not}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          setNot(event.target.checked);
          askNotTo(event.target.checked);
        }}
      />
      <label htmlFor={id}>Do not remember on this computer</label>
      <p className="pw-small" id={`${id}-hint`}>
        For a computer that you share. Only the organisation is remembered, never you.
      </p>
    </div>
  );
}
