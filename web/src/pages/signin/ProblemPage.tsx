import type { ReactNode } from "react";
import { usePage } from "../usePage";
import { problemWords } from "./problems";

interface ProblemPageProps {
  readonly code: string;
  /** The organisation's name; "" if it is not known. */
  readonly at: string;
  /** The reference to give to support; "" for none. */
  readonly request: string;
  /** What the organisation asks of a sign-in that is strong enough, in its own words. */
  readonly requires?: readonly string[];
  /** What to do next: links and buttons. */
  readonly children: ReactNode;
}

/** One problem of signing in: what happened, what to do next, and what to tell those who help. */
export function ProblemPage({ code, at, request, requires = [], children }: ProblemPageProps) {
  const words = problemWords(code, at || "your organisation");
  const heading = usePage<HTMLHeadingElement>(words.title);
  return (
    <div className="pw-narrow" data-problem={code}>
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <p className="pw-signin__happened">{words.happened}</p>
      <p className="pw-signin__next">{words.next}</p>
      {code === "not-strong-enough" && requires.length > 0 ? (
        <ul className="nhsuk-list nhsuk-list--bullet" aria-label="What is asked for">
          {requires.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : null}
      <div className="pw-buttons">{children}</div>
      {request ? (
        <p className="pw-signin__reference">
          Reference for your IT service desk: <code>{request}</code>
        </p>
      ) : null}
    </div>
  );
}
