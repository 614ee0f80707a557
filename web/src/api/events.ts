/*
 * The event stream format of the HTML standard (§9.2.6 "Interpreting an event stream"),
 * without what a stream of GraphQL answers does not use: ids and the server's own pace.
 */

/** One event: its name, `message` if it has none, and its lines of data joined. */
export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

/** How long an event may be, in characters; far beyond any answer, and not without end. */
export const longestEvent = 4_000_000;

/** An event was longer than anybody sends who means well. */
export class EventTooLong extends Error {
  override readonly name = "EventTooLong";
}

/**
 * Reads a stream piece by piece, wherever it is cut: a line may end with CR, LF or both,
 * the two of a CRLF may come apart, and nothing is told before its blank line is there.
 */
export function eventReader(told: (event: ServerEvent) => void, most = longestEvent): (piece: string) => void {
  let line = "";
  let began = false;
  let afterCR = false;
  let name = "";
  let data: string[] = [];
  let size = 0;

  const endOfLine = () => {
    const read = line;
    line = "";
    if (read === "") {
      if (data.length > 0) told({ name: name || "message", data: data.join("\n") });
      name = "";
      data = [];
      size = 0;
      return;
    }
    const colon = read.indexOf(":");
    if (colon === 0) {
      size -= read.length; // a comment: only a sign of life
      return;
    }
    const field = colon < 0 ? read : read.slice(0, colon);
    const value = colon < 0 ? "" : read.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  };

  return (piece) => {
    let rest = piece;
    if (!began && rest !== "") {
      began = true;
      if (rest.startsWith("\uFEFF")) rest = rest.slice(1);
    }
    while (rest !== "") {
      if (afterCR) {
        afterCR = false;
        if (rest.startsWith("\n")) {
          rest = rest.slice(1);
          continue;
        }
      }
      const end = /[\r\n]/.exec(rest)?.index ?? rest.length;
      line += rest.slice(0, end);
      size += end;
      if (size > most) throw new EventTooLong("an event of the stream is too long");
      if (end === rest.length) return;
      afterCR = rest[end] === "\r";
      rest = rest.slice(end + 1);
      endOfLine();
    }
  };
}
