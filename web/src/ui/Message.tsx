import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

export type MessageTone = "waiting" | "missing" | "withheld" | "conflict" | "none" | "plain";

const icons: Readonly<Record<MessageTone, IconName>> = {
  waiting: "clock",
  missing: "warning",
  withheld: "lock",
  conflict: "warning",
  none: "tick",
  plain: "none",
};

interface MessageProps {
  readonly tone: MessageTone;
  readonly children: ReactNode;
}

/** One sentence with its sign; the sentence carries the meaning. */
export function Message({ tone, children }: MessageProps) {
  return (
    <p className={`pw-message pw-message--${tone}`}>
      <Icon name={icons[tone]} />
      <span>{children}</span>
    </p>
  );
}
