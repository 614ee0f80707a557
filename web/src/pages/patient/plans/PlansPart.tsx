import { placeOf, showPlace } from "../../../components/places";
import { care } from "../../../sections";
import { aboutMe } from "../../../sections/aboutMe/aboutMe";
import { carePlans } from "../../../sections/carePlans/carePlans";
import { endOfLife } from "../../../sections/endOfLife/endOfLife";
import type { PartProps } from "../part";
import { About } from "./About";
import { CarePlans } from "./CarePlans";
import { Decisions } from "./Decisions";

const contents = [endOfLife, aboutMe, carePlans];

/** What was decided and agreed about care, and what the person says of themselves: each original in full. */
export default function PlansPart({ state, failed }: PartProps) {
  const { sections } = state;
  return (
    <>
      <h2 className="nhsuk-u-visually-hidden">Plans</h2>
      <nav className="pw-contents" aria-label="In this part">
        <ul>
          {contents.map((view) => (
            <li key={view.name}>
              <button
                type="button"
                onClick={() => {
                  showPlace(placeOf(view.name));
                }}
              >
                {view.title}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="pw-column">
        <Decisions section={sections.endOfLife} failed={failed} />
        <About section={sections.aboutMe} failed={failed} />
        <CarePlans section={sections.carePlans} failed={failed} />
        {care.filter((view) => view.name === "consents").map((view) => view.card(sections, failed))}
      </div>
    </>
  );
}
