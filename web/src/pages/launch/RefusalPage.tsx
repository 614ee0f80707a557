import type { ReactNode } from "react";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";
import type { RefusalWords } from "./words";

interface RefusalPageProps {
  readonly code: string;
  readonly words: RefusalWords;
  /** The server's own sentence, shown as text; "" for none. */
  readonly said?: string;
  /** What to do next: links. */
  readonly children?: ReactNode;
}

/** Why a record was not opened, and what to do next. */
export function RefusalPage({ code, words, said = "", children }: RefusalPageProps) {
  const heading = usePage<HTMLHeadingElement>(words.title);
  return (
    <div className="pw-narrow" data-refused={code}>
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <p className="pw-signin__happened">{words.happened}</p>
      <p className="pw-signin__next">{words.next}</p>
      {children ? <div className="pw-buttons">{children}</div> : null}
      {said ? (
        <p className="pw-signin__reference">
          The server said: <q>{stop(said)}</q>
        </p>
      ) : null}
    </div>
  );
}
