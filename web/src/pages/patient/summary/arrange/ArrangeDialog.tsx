import { useState } from "react";
import { sectionTitle } from "../../../../sections";
import { Dialog } from "../../../../ui/Dialog";
import { LiveRegion } from "../../../../ui/LiveRegion";
import { Message } from "../../../../ui/Message";
import { useFocusAfter } from "../../../useFocusAfter";
import { type Layout, neverFolded, type PlacedSection } from "../../layout/useLayout";

/** The sections in the reader's order: moved and folded by buttons, so that the keyboard does all of it. */
export function ArrangeDialog({ layout, onClose }: { readonly layout: Layout; readonly onClose: () => void }) {
  // What the server has, after a change in another window too, is where one goes on from.
  const [draft, setDraft] = useState<{ readonly from: Layout["sections"]; readonly sections: readonly PlacedSection[] } | null>(null);
  const sections = draft !== null && draft.from === layout.sections ? draft.sections : layout.sections;
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const focusAfter = useFocusAfter();

  const change = (next: readonly PlacedSection[], words: string, focus: string) => {
    setDraft({ from: layout.sections, sections: next });
    setSaid(words);
    focusAfter(focus);
  };
  const move = (from: number, to: number) => {
    const section = sections[from];
    if (section === undefined || to < 0 || to >= sections.length) return;
    const rest = sections.filter((_, i) => i !== from);
    change([...rest.slice(0, to), section, ...rest.slice(to)], `${sectionTitle(section.name)} is number ${to + 1} of ${sections.length}.`, `arrange-${section.name}-${to < from ? "up" : "down"}`);
  };
  const fold = (section: PlacedSection) => {
    const next = { ...section, folded: !section.folded };
    change(
      sections.map((s) => (s === section ? next : s)),
      `${sectionTitle(section.name)} is ${next.folded ? "folded: its heading is shown, and it opens when you choose" : "open"}.`,
      `arrange-${section.name}-fold`,
    );
  };
  const keep = async (doing: () => Promise<boolean>) => {
    if (busy) return;
    setBusy(true);
    const kept = await doing();
    setBusy(false);
    if (kept) onClose();
  };

  return (
    <Dialog title="Rearrange the summary" lead={<p>The order in which you see the sections, for yourself in this role. Every section stays there. Allergies and alerts can be moved and are always open.</p>} onClose={onClose}>
      {layout.problem ? (
        <div role="alert">
          <Message tone="conflict">{layout.problem}</Message>
        </div>
      ) : null}
      <LiveRegion text={said} />
      <ol className="pw-arrange__sections">
        {sections.map((section, i) => (
          <li key={section.name}>
            <span className="pw-arrange__title">
              {sectionTitle(section.name)}
              {section.folded ? " (folded)" : ""}
            </span>
            <span className="pw-buttons">
              <Step id={`arrange-${section.name}-up`} words="Move up" about={section} off={i === 0} onStep={() => { move(i, i - 1); }} />
              <Step id={`arrange-${section.name}-down`} words="Move down" about={section} off={i === sections.length - 1} onStep={() => { move(i, i + 1); }} />
              {neverFolded.includes(section.name) ? null : (
                <Step id={`arrange-${section.name}-fold`} words={section.folded ? "Unfold" : "Fold"} about={section} off={false} onStep={() => { fold(section); }} />
              )}
            </span>
          </li>
        ))}
      </ol>
      <div className="pw-buttons">
        <button type="button" className="nhsuk-button" aria-disabled={busy} onClick={() => void keep(() => layout.save(sections))}>
          Save this order
        </button>
        {layout.own ? (
          <button type="button" className="nhsuk-button nhsuk-button--secondary" aria-disabled={busy} onClick={() => void keep(layout.reset)}>
            Use the usual order
          </button>
        ) : null}
        <button type="button" className="nhsuk-button nhsuk-button--secondary" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}

interface StepProps {
  readonly id: string;
  readonly words: string;
  readonly about: PlacedSection;
  readonly off: boolean;
  readonly onStep: () => void;
}

function Step({ id, words, about, off, onStep }: StepProps) {
  return (
    <button
      id={id}
      type="button"
      className="pw-more"
      aria-disabled={off}
      onClick={() => {
        if (!off) onStep();
      }}
    >
      {words}
      <span className="nhsuk-u-visually-hidden"> {sectionTitle(about.name)}</span>
    </button>
  );
}
