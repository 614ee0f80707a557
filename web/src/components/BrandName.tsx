import { brand } from "../brand";

/** The region's picture and what it calls its record. */
export function BrandName() {
  return (
    <>
      {brand.logo ? <img className="pw-header__logo" src={brand.logo} alt="" /> : null}
      <span>
        {brand.name} {brand.what ? <span className="pw-header__what">{brand.what}</span> : null}
      </span>
    </>
  );
}

/** Whom to ask, and the region's guide; nothing where the region has not said. */
export function Support() {
  if (!brand.supportText && !brand.help) return null;
  return (
    <p className="pw-support">
      {brand.supportUrl ? <a href={brand.supportUrl}>{brand.supportText}</a> : brand.supportText}
      {brand.supportText && brand.help ? " · " : null}
      {brand.help ? (
        <a href={brand.help} target="_blank" rel="noreferrer">
          Help with {brand.name} (opens a new window)
        </a>
      ) : null}
    </p>
  );
}
