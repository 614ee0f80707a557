import { checkStates } from "./check";
import { componentStates } from "./components";
import { recordStates } from "./record";
import type { State } from "./state";
import { uiStates } from "./ui";

export const allStates: readonly State[] = [...uiStates, ...componentStates, ...checkStates, ...recordStates];

/** Every state under its name; or, with ?only=NUMBER, one of those that need the page to themselves. */
export function StatesPage() {
  const only = new URLSearchParams(window.location.search).get("only");
  const chosen = only === null ? undefined : allStates[Number(only)];
  if (chosen) {
    return (
      <main id="main" className="pw-main pw-main--patient">
        <h1 className="nhsuk-heading-s">
          {chosen.of}: {chosen.state}
        </h1>
        {chosen.shown}
      </main>
    );
  }
  return (
    <main id="main" className="pw-main">
      <h1>Every component in every state</h1>
      {allStates.map((s, i) => (
        <section key={i} data-component={s.of} data-state={s.state} data-alone={s.alone} aria-labelledby={`state-${i}`}>
          <h2 id={`state-${i}`} className="nhsuk-heading-s">
            {s.of}: {s.state} ({i})
          </h2>
          {s.alone ? <a href={`?only=${i}`}>Shown by itself: {s.state}</a> : s.shown}
        </section>
      ))}
    </main>
  );
}
