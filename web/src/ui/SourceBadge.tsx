import { formatInstant } from "./dates";

interface SourceBadgeProps {
  readonly name: string;
  /** gp, acute, mental-health, social-care …; only a mark, never the only sign. */
  readonly careSetting?: string | null | undefined;
  /** When the data was true, where that is not the time of reading: a nightly extract's time. */
  readonly asOf?: string | null | undefined;
}

/** Whose statement this is, and how old. */
export function SourceBadge({ name, careSetting, asOf }: SourceBadgeProps) {
  return (
    <span className="pw-source" data-setting={careSetting ?? "other"} data-source-badge="">
      <span className="pw-source__name">{name}</span>
      {asOf ? <span className="pw-source__age">as of {formatInstant(asOf)}</span> : null}
    </span>
  );
}
