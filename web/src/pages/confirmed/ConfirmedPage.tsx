import { useEffect } from "react";
import { tell } from "../../session/tabs";
import { usePage } from "../usePage";

/** The end of signing in again in a window of its own: tells the window that waits for it. */
export function ConfirmedPage() {
  const heading = usePage<HTMLHeadingElement>("You have shown that it is you");
  useEffect(() => {
    tell("confirmed");
  }, []);
  return (
    <div className="pw-narrow">
      <h1 ref={heading} tabIndex={-1}>
        You have shown that it is you
      </h1>
      <p>Close this window and go back to the record. It goes on there by itself.</p>
    </div>
  );
}
