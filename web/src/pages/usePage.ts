import { type RefObject, useEffect, useRef } from "react";
import { titleOf } from "../brand";

/** Names the page and moves the focus to its heading when it opens. Never a patient's name in a title. */
export function usePage<E extends HTMLElement>(title: string): RefObject<E | null> {
  const heading = useRef<E>(null);
  useEffect(() => {
    document.title = titleOf(title);
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return heading;
}
