import type { ReactNode } from "react";

/** A cell that says its title where the page is too narrow for columns. */
export function Cell({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <td>
      <span className="pw-table__title">{title}</span>
      <span>{children}</span>
    </td>
  );
}
