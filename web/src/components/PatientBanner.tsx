import { type ReactNode, useLayoutEffect, useRef } from "react";
import type { Completeness, Identity } from "../api";
import { today } from "../ui/dates";
import { Icon, type IconName } from "../ui/Icon";
import { type AllergyLabel, allergyLabel, bannerFacts } from "./bannerFacts";

interface PatientBannerProps {
  readonly identity: Identity | null;
  readonly allergies: Pick<Completeness, "verdict"> | undefined;
  /** An EPR shows who this is around the view: only print and screen readers are told again (SMART: need_patient_banner). */
  readonly shownElsewhere?: boolean;
  /** Leads to the section of the allergies; left out, the label only tells. */
  readonly onAllergies?: (() => void) | undefined;
  /** Stands under the facts and stays in sight with them. */
  readonly children: ReactNode;
}

/** Who this is: fixed at the top, full width, on single-patient pages only. */
export function PatientBanner({ identity, allergies, shownElsewhere = false, onAllergies, children }: PatientBannerProps) {
  const place = useRef<HTMLElement>(null);
  useScrollClearance(place);
  const facts = bannerFacts(identity, today());
  const warning = allergyLabel(allergies);
  return (
    <section
      ref={place}
      className={`pw-banner${facts.died === null ? "" : " pw-banner--deceased"}${shownElsewhere ? " pw-banner--elsewhere" : ""}`}
      aria-label="Patient"
      data-patient={identity?.id}
    >
      <div className="pw-banner__facts">
        <Name>{identity === null ? "Asking who this is" : facts.name}</Name>
        {facts.died === null ? (
          <Fact name="Born">{facts.born}</Fact>
        ) : (
          <div className="pw-banner__dates">
            <Fact name="Born">{facts.born}</Fact>
            <Fact name="Died" strong>
              {facts.died}
            </Fact>
            {facts.ageAtDeath ? (
              <Fact name="Age at Death" strong>
                {facts.ageAtDeath}
              </Fact>
            ) : null}
          </div>
        )}
        <Fact name="Gender">{facts.gender}</Fact>
        <Fact name="NHS No.">{facts.nhsNumber}</Fact>
        <Allergies label={warning} onOpen={onAllergies} />
      </div>
      {children}
    </section>
  );
}

/** A name longer than any screen's line is scrolled in its place; it is never cut (CUI NID-0005). */
const overlong = 200;

function Name({ children }: { readonly children: string }) {
  if (children.length <= overlong) return <h1 className="pw-banner__name">{children}</h1>;
  return (
    // What scrolls must be reached by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <h1 className="pw-banner__name pw-banner__name--long" tabIndex={0}>
      {children}
    </h1>
  );
}

/** Each label has a sign of its own; only what is known is loud. */
const signs: Readonly<Record<AllergyLabel, IconName>> = {
  "Known allergies": "warning",
  "No known allergies": "tick",
  "Allergies not recorded": "none",
  "Allergies unavailable": "half",
};

function Allergies({ label, onOpen }: { readonly label: AllergyLabel; readonly onOpen: (() => void) | undefined }) {
  const words = (
    <>
      <Icon name={signs[label]} />
      <span>{label}</span>
    </>
  );
  return onOpen ? (
    <button type="button" className="pw-banner__allergies" data-label={label} onClick={onOpen}>
      {words}
    </button>
  ) : (
    <p className="pw-banner__allergies" data-label={label}>
      {words}
    </p>
  );
}

function Fact({ name, strong = false, children }: { readonly name: string; readonly strong?: boolean; readonly children: string }) {
  return (
    <p className={`pw-banner__fact${strong ? " pw-banner__fact--strong" : ""}`}>
      <span className="pw-banner__label">{name}</span> <span className="pw-banner__value">{children}</span>
    </p>
  );
}

/** Keeps what gets the focus from hiding behind the banner (WCAG 2.2, 2.4.11). */
function useScrollClearance(place: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const banner = place.current;
    if (banner === null || typeof ResizeObserver === "undefined") return;
    const root = document.documentElement;
    // On a narrow screen the banner dissolves and the facts stay; on a short one only the name does.
    const facts = banner.querySelector<HTMLElement>(".pw-banner__facts");
    const name = banner.querySelector("h1");
    const observer = new ResizeObserver(() => {
      root.style.setProperty("--pw-clearance", `${([banner, facts, name].find((e) => e !== null && e.offsetHeight > 0)?.offsetHeight ?? 0) + 8}px`);
    });
    observer.observe(banner);
    for (const part of [facts, name]) if (part) observer.observe(part);
    return () => {
      observer.disconnect();
      root.style.removeProperty("--pw-clearance");
    };
  }, [place]);
}
