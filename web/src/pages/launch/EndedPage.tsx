import { inFrame } from "../../smart/frame";
import { paths } from "../../paths";
import { usePage } from "../usePage";

/** What an EPR has opened is over, and only the EPR can open it again. */
export function EndedPage({ reason }: { readonly reason: string }) {
  const heading = usePage<HTMLHeadingElement>("This view has ended");
  const framed = inFrame();
  return (
    <div className="pw-narrow" data-ended="">
      <h1 ref={heading} tabIndex={-1}>
        This view has ended
      </h1>
      {/* The reasons were written for whoever signs in here; in an EPR's view nobody does. */}
      {reason ? <p>{reason.replace(/ Sign in to go on where you were\.$/, "")}</p> : <p>What the system gave Patchwork to open this record with is used up.</p>}
      <p>Open the patient again from the system that you came from.</p>
      <p>
        <a href={paths.find} {...(framed ? { target: "_blank", rel: "noopener" } : {})}>
          {framed ? "Open Patchwork in a window of its own" : "Open Patchwork without that system"}
        </a>
      </p>
    </div>
  );
}
