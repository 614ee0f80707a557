import type { Sections } from "../../../api";
import { SectionCard } from "../../../components/SectionCard";
import { label } from "../../../components/values";
import { aboutMe } from "../../../sections/aboutMe/aboutMe";
import { inForce } from "../../../sections/endOfLife/decisions";
import { Sheet } from "./Sheet";

interface AboutProps {
  readonly section: Sections["aboutMe"];
  readonly failed: string | null;
}

/** What the person says of themselves, in their own words and order. */
export function About({ section, failed }: AboutProps) {
  const entries = section?.entries ?? [];
  return (
    <SectionCard name={aboutMe.name} title={aboutMe.title} things={aboutMe.things} section={section} problem={failed}>
      {entries.map((a, i) => (
        <Sheet key={`${a.id ?? ""}#${i}`} entry={a} title={a.title ?? a.code?.label ?? "About me"} review={a.reviewDate} silent={["final"]} holds={inForce(a)}>
          {(a.items ?? []).map((item, at) => (
            <div key={at}>
              <h4>{label(item.topic) || "Without a heading"}</h4>
              <p className="pw-sheet__text">{item.text ?? "No text was sent under this heading."}</p>
            </div>
          ))}
        </Sheet>
      ))}
    </SectionCard>
  );
}
