import type { Sections } from "../../../api";
import { SectionCard } from "../../../components/SectionCard";
import { cprText, type Decision, inForce, resuscitation, whoseAndWhen } from "../../../sections/endOfLife/decisions";
import { endOfLife } from "../../../sections/endOfLife/endOfLife";
import { Message } from "../../../ui/Message";
import { Sheet } from "./Sheet";

interface DecisionsProps {
  readonly section: Sections["endOfLife"];
  readonly failed: string | null;
}

/** ReSPECT and every other decision, each as its source has it. Where they differ, all stand side by side, and nobody here chooses (hazard H-11). */
export function Decisions({ section, failed }: DecisionsProps) {
  const entries = section?.entries ?? [];
  const { say, decisions } = resuscitation(entries);
  const rest = entries.filter((e) => !decisions.includes(e));
  return (
    <SectionCard name={endOfLife.name} title={endOfLife.title} things={endOfLife.things} section={section} problem={failed}>
      {say === "conflict" ? (
        <Message tone="conflict">
          {`CPR decisions conflict. ${decisions.map((d) => `${cprText(d)} (${whoseAndWhen(d)})`).join("; ")}. Read the originals and ask who made them; nothing here chooses between them.`}
        </Message>
      ) : null}
      {section !== undefined && entries.length > 0 && say === "none" ? <Message tone="plain">No system states a decision on CPR in a code. What the decisions below say in words is theirs.</Message> : null}
      <Sheets decisions={decisions} differ={say === "conflict"} />
      <Sheets decisions={rest.filter(inForce)} differ={false} />
      <Sheets decisions={rest.filter((d) => !inForce(d))} differ={false} />
    </SectionCard>
  );
}

function Sheets({ decisions, differ }: { readonly decisions: readonly Decision[]; readonly differ: boolean }) {
  if (decisions.length === 0) return null;
  return (
    <div className="pw-sheets">
      {decisions.map((d, i) => (
        <Sheet key={`${d.id ?? ""}#${i}`} entry={d} title={d.code?.label ?? "Decision without a name"} review={d.reviewDate} silent={["active"]} holds={inForce(d)} differs={differ}>
          {cprText(d) ? <p className={`pw-sheet__cpr${d.cpr === "do-not-attempt" ? " pw-sheet__cpr--danger" : ""}`}>{cprText(d)}</p> : null}
          {d.decision ? <p className="pw-sheet__text">{d.decision}</p> : null}
          <p>{d.original ? `The original is here, ${d.original}` : "Where the original is has not been said."}</p>
        </Sheet>
      ))}
    </div>
  );
}
