import { fireEvent } from "@testing-library/react";

/** Opens every disclosure of the page: what some hold is made when they are opened. */
export function openAll(): void {
  for (let shut = [...document.querySelectorAll("details:not([open]) > summary")]; shut.length > 0; shut = [...document.querySelectorAll("details:not([open]) > summary")]) {
    for (const summary of shut) fireEvent.click(summary);
  }
}
