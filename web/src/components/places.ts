/** The id of a section's card, by which the banner's indicators lead to it. */
export function placeOf(section: string): string {
  return `section-${section}`;
}

/** How long a place may take to be there, in milliseconds: a part of the record is fetched when it is wanted. */
const patience = 10_000;

/** Brings a place into sight and the focus to it, as soon as it is there. */
export function showPlace(id: string): void {
  if (shown(id)) return;
  const observer = new MutationObserver(() => {
    if (shown(id)) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => {
    observer.disconnect();
  }, patience);
}

function shown(id: string): boolean {
  const place = document.getElementById(id);
  place?.scrollIntoView();
  place?.focus({ preventScroll: true });
  return place !== null;
}
