import { useState } from "react";
import { Message } from "../../../../ui/Message";
import type { Layout } from "../../layout/useLayout";
import { ArrangeDialog } from "./ArrangeDialog";

/** The way to an order of one's own. What went wrong with it is said here; the summary is there either way. */
export function Arrange({ layout }: { readonly layout: Layout }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="pw-arrange">
      <button
        type="button"
        className="pw-more"
        onClick={() => {
          setOpen(true);
        }}
      >
        Rearrange the summary
      </button>
      {layout.problem && !open ? <Message tone="missing">{layout.problem}</Message> : null}
      {open ? (
        <ArrangeDialog
          layout={layout}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </div>
  );
}
