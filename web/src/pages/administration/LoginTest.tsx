import { useId, useState } from "react";
import { ask } from "../../api";
import { TestLoginDocument, type TestLoginMutation } from "../../api/generated/graphql";
import { sentenceOf } from "../../components/problems";
import { Tag } from "../../ui/Tag";
import { stop } from "../../ui/words";

type Step = NonNullable<TestLoginMutation["testLogin"]>[number];

/** Tries a login's connection, and shows each step and what to do where it stopped. */
export function LoginTest({ id, name }: { readonly id: string; readonly name: string }) {
  const heading = useId();
  const [steps, setSteps] = useState<readonly Step[] | null>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const test = async () => {
    if (busy) return;
    setBusy(true);
    setSteps(null);
    setProblem("");
    try {
      setSteps(await ask(TestLoginDocument, { id }, (data) => data.testLogin));
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <button
        type="button"
        className="pw-more"
        aria-disabled={busy}
        onClick={() => {
          void test();
        }}
      >
        {busy ? "Testing" : "Test this connection"}
        <span className="nhsuk-u-visually-hidden">: {name}</span>
      </button>
      <div className="pw-admin__test" role="status">
        {problem ? <p className="nhsuk-error-message">{stop(problem)}</p> : null}
        {steps === null ? null : (
          <>
            <h4 id={heading}>{verdict(steps)}</h4>
            <ol aria-labelledby={heading}>
              {steps.map((s, i) => (
                <li key={`${i}#${s.name ?? ""}`} data-ok={s.ok}>
                  {s.name} <Tag tone={s.ok ? "good" : "danger"}>{s.ok ? "Works" : "Does not work"}</Tag>
                  {s.detail ? <p className="pw-note">{s.ok ? s.detail : `What to do: ${s.detail}`}</p> : null}
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </>
  );
}

/** The end of the test in a sentence. It stops at the first step that fails. */
function verdict(steps: readonly Step[]): string {
  if (steps.length === 0) return "There was nothing to try.";
  return steps.every((s) => s.ok) ? "The connection works. What only a user can show is not tried." : "The connection does not work.";
}
