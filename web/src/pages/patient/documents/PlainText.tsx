import { useMemo } from "react";

/** The text, exactly: `BP <140` is five characters and a number, never a tag. */
export function PlainText({ bytes, title }: { readonly bytes: Uint8Array<ArrayBuffer>; readonly title: string }) {
  const text = useMemo(() => new TextDecoder("utf-8").decode(bytes), [bytes]);
  return (
    <pre className="pw-opened__text" role="group" aria-label={title}>
      {text}
    </pre>
  );
}
