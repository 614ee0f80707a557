import type { ReactNode } from "react";
import { BrandName } from "./components/BrandName";

interface ShellProps {
  /** Beside the name of Patchwork. */
  readonly header?: ReactNode;
  /** The page is one person's record. */
  readonly patient?: boolean;
  /** The system around the frame shows who the patient is, and everything else that a header would. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** Around a page that leads nowhere else. */
export function Shell({ header = null, patient = false, bare = false, children }: ShellProps) {
  return (
    <>
      <a className="nhsuk-skip-link" href="#main">
        Skip to main content
      </a>
      {bare ? null : (
        <header className="pw-header">
          <div className="pw-header__bar">
            <span className="pw-header__name">
              <BrandName />
            </span>
            {header}
          </div>
        </header>
      )}
      <main id="main" tabIndex={-1} className={patient ? "pw-main pw-main--patient" : "pw-main"}>
        {children}
      </main>
    </>
  );
}
