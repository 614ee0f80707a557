import { usePage } from "../usePage";

/** In an EPR's frame nobody signs in, and some browsers keep nothing there: the same page goes on in a window. */
export function OpenInWindow({ address, why }: { readonly address: string; readonly why: string }) {
  const heading = usePage<HTMLHeadingElement>("Open in a window");
  return (
    <div className="pw-narrow" data-window="">
      <h1 ref={heading} tabIndex={-1}>
        Open in a window
      </h1>
      <p>{why}</p>
      <p>
        <a className="nhsuk-button" href={address} target="_blank" rel="noopener">
          Open in a window
        </a>
      </p>
    </div>
  );
}
