import { stop } from "../../ui/words";

/** What went wrong with reading something; nothing where nothing did. */
export function Problem({ text }: { readonly text: string }) {
  if (text === "") return null;
  return (
    <p className="nhsuk-error-message" role="alert">
      {stop(text)}
    </p>
  );
}
