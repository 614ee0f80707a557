import type { Elsewhere } from "../../api";

interface ReasonProps {
  readonly text: string;
  readonly elsewhere: Elsewhere | null;
}

/** Why the sign-in page is shown, where it is not simply the beginning; and where somebody may still be signed in. */
export function Reason({ text, elsewhere }: ReasonProps) {
  if (!text && !elsewhere) return null;
  return (
    <div className="nhsuk-inset-text">
      {elsewhere ? (
        <>
          <p>You are signed out of Patchwork. You may still be signed in at {elsewhere.name || "your organisation"}.</p>
          <p>
            <a href={elsewhere.url} rel="noreferrer">
              Sign out there too
            </a>
          </p>
        </>
      ) : (
        <p>{text}</p>
      )}
    </div>
  );
}
