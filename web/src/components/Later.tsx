import { Component, type ReactNode, Suspense } from "react";
import { Message } from "../ui/Message";

interface LaterProps {
  /** As in "This page": what it is that comes. */
  readonly what: string;
  /** What one may do if it does not come, beside loading the page again. */
  readonly instead?: string;
  readonly children: ReactNode;
}

/** A page always comes: what is fetched when it is wanted, or fails while it is shown, says so in its place and leaves everything around it. */
export function Later({ what, instead = "", children }: LaterProps) {
  return (
    <Caught said={`${what} could not be shown. Nothing is known from it: ${instead}load the page again.`}>
      <Suspense fallback={<Message tone="waiting">Opening</Message>}>{children}</Suspense>
    </Caught>
  );
}

class Caught extends Component<{ readonly said: string; readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert">
        <Message tone="missing">{this.props.said}</Message>
      </div>
    );
  }
}
