/** Says what changed to those who do not see it, without moving anything. */
export function LiveRegion({ text }: { readonly text: string }) {
  return (
    <div className="nhsuk-u-visually-hidden" role="status" aria-live="polite" aria-atomic="true">
      {text}
    </div>
  );
}
