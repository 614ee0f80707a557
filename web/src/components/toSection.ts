/** Goes to a section by its title, to the eye and to the focus; false where it is not on the page. */
export function toSection(title: string): boolean {
  const heading = [...document.querySelectorAll<HTMLElement>("main h2")].find((h) => h.textContent.trim() === title);
  if (heading === undefined) return false;
  heading.tabIndex = -1;
  heading.scrollIntoView({ block: "start" });
  heading.focus();
  return true;
}
