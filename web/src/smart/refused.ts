/** The server said no, in the words of RFC 6749. */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor(
    /** RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core 1.0 §3.1.2.6; `not-ours` if it is no answer to what was asked. */
    readonly code: string,
    /** The server's own sentence; "" if it gave none. */
    readonly description: string,
  ) {
    super(code);
  }
}
