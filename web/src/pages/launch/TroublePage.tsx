import type { ReactNode } from "react";
import { ApiError } from "../../api";
import { sentenceOf } from "../../components/problems";
import { stop } from "../../ui/words";
import { usePage } from "../usePage";

/** Nobody refused anything: the server was not reached, or this browser cannot do what is needed. */
export function TroublePage({ error, children }: { readonly error: unknown; readonly children: ReactNode }) {
  const heading = usePage<HTMLHeadingElement>("Patchwork could not be opened");
  return (
    <div className="pw-narrow" data-trouble={error instanceof ApiError ? error.code : ""}>
      <h1 ref={heading} tabIndex={-1}>
        Patchwork could not be opened
      </h1>
      <p>{stop(sentenceOf(error))}</p>
      <div className="pw-buttons">{children}</div>
    </div>
  );
}
