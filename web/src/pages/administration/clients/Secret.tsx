import { useId, useState } from "react";
import { useArrivalFocus } from "../../../ui/useArrivalFocus";

/** A secret that is shown once. It is in this page only: whoever leaves it has it no more. */
export function Secret({ secret }: { readonly secret: string }) {
  const id = useId();
  const place = useArrivalFocus<HTMLElement>();
  const [said, setSaid] = useState("");

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setSaid("Copied.");
    } catch {
      // Without the browser's leave it is selected, for the keys that copy.
      const shown = document.getElementById(`${id}-secret`);
      if (shown) window.getSelection()?.selectAllChildren(shown);
      setSaid("It is selected: copy it with Ctrl+C.");
    }
  };

  return (
    <section className="nhsuk-inset-text pw-client__secret" ref={place} tabIndex={-1} aria-labelledby={id}>
      <h2 id={id}>The secret, shown once</h2>
      <p>Give it to whoever runs the app, by a safe way. Nobody can read it again; if it is lost, replace it.</p>
      <p>
        <code id={`${id}-secret`}>{secret}</code>
      </p>
      <div className="pw-buttons">
        <button
          type="button"
          className="pw-more"
          onClick={() => {
            void copy();
          }}
        >
          Copy the secret
        </button>
        <span role="status">{said}</span>
      </div>
    </section>
  );
}
