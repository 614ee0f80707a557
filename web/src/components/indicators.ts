import type { RecordState, Sections } from "../api";
import type { PatientPart } from "../paths";
import { cprText, resuscitation, whoseAndWhen } from "../sections/endOfLife/decisions";
import { formatDay } from "../ui/dates";
import { isolated } from "../ui/direction";
import type { IconName } from "../ui/Icon";
import { count, list } from "../ui/words";
import { placeOf } from "./places";
import { sourceName } from "./sentences";

/** What the banner says beside who somebody is, and where more of it is. Its words carry the meaning; tone and icon repeat them. */
export interface Indicator {
  readonly key: "resuscitation" | "safeguarding" | "alerts" | "deceased" | "restricted";
  readonly text: string;
  readonly tone: "danger" | "warning" | "missing" | "withheld" | "info" | "quiet";
  readonly icon: IconName;
  readonly part: PatientPart;
  readonly place: string;
}

type Alert = NonNullable<NonNullable<Sections["alerts"]>["entries"]>[number];

/** Everything the banner must not keep silent about, most pressing first. */
export function indicators({ identity, sections, phase }: RecordState): Indicator[] {
  if (identity === null) return [];
  const all: Indicator[] = [];
  if (identity.person?.deceased) all.push({ key: "deceased", text: "Deceased", tone: "info", icon: "cross", part: "summary", place: placeOf("demographics") });
  if (restricted(sections)) all.push({ key: "restricted", text: "Restricted person, do not tell anybody where they are", tone: "danger", icon: "lock", part: "summary", place: placeOf("demographics") });
  all.push({ key: "resuscitation", part: "plans", place: placeOf("endOfLife"), ...aboutCPR(sections.endOfLife, phase === "asking" || phase === "waiting") });
  return [...all, ...aboutAlerts(sections.alerts)];
}

/** The national register marks whoever may not be located (S-flag) on the demographics themselves. */
function restricted(sections: Sections): boolean {
  return (sections.demographics?.entries ?? []).some((e) => (e.labels ?? []).some((l) => l.code === "R" || l.code === "V"));
}

type Said = Pick<Indicator, "text" | "tone" | "icon">;

/**
 * What is known of a decision on resuscitation. Silence is never a decision: whoever did
 * not answer is named (hazard H-02), and decisions that differ are not chosen between (H-11).
 */
function aboutCPR(section: Sections["endOfLife"], asking: boolean): Said {
  if (section === undefined) {
    return asking ? { text: "CPR decision not known yet, systems are being asked", tone: "missing", icon: "clock" } : { text: "CPR decision not known, it could not be asked for", tone: "missing", icon: "warning" };
  }
  if (section.withheldFields.some((f) => f === "cpr" || f === "status")) return { text: "CPR decision withheld from you", tone: "withheld", icon: "lock" };
  const gap = missingWords(section.missing);
  const { say, decisions } = resuscitation(section.entries);
  const newest = decisions[0];
  if (say === "conflict") return { text: ["CPR decisions conflict", ...gap].join(", "), tone: "danger", icon: "warning" };
  if (newest !== undefined) {
    const others = new Set(decisions.map((d) => d.provenance?.source?.id)).size - 1;
    const text = [cprText(newest), whoseAndWhen(newest), ...(others > 0 ? [`and ${count(others, "more system")}`] : []), ...gap].join(", ");
    return { text, tone: newest.cpr === "attempt" ? "info" : "danger", icon: newest.cpr === "attempt" ? "tick" : "warning" };
  }
  const form = (section.entries ?? []).find((d) => d.kind === "respect") ?? section.entries?.[0];
  if (form) {
    const when = form.date ? `, ${formatDay(form.date)}` : "";
    return { text: [`${isolated(form.code?.label ?? "Decision")}${when}, read it for CPR`, ...gap].join(", "), tone: "warning", icon: "warning" };
  }
  if (section.verdict === "WITHHELD") return { text: "CPR decision withheld from you", tone: "withheld", icon: "lock" };
  if (section.verdict === "NOT_RECORDED" || section.verdict === "NONE_KNOWN") return { text: "No CPR decision recorded", tone: "quiet", icon: "none" };
  return { text: ["CPR decision not known", ...(gap.length > 0 ? gap : ["no system could be asked"])].join(", "), tone: "missing", icon: section.verdict === "PENDING" ? "clock" : "warning" };
}

/** Who did not answer, and that something is held back. */
function missingWords(missing: NonNullable<Sections["endOfLife"]>["missing"]): string[] {
  const held = missing.some((o) => o.status === "WITHHELD");
  const waiting = missing.filter((o) => o.status === "PENDING").map(sourceName);
  const part = missing.filter((o) => o.status === "PARTIAL").map(sourceName);
  const silent = missing.filter((o) => !["WITHHELD", "PENDING", "PARTIAL"].includes(o.status)).map(sourceName);
  return [
    ...(silent.length > 0 ? [`${list(silent)} did not answer`] : []),
    ...(part.length > 0 ? [`${list(part)} answered in part`] : []),
    ...(waiting.length > 0 ? [`waiting for ${list(waiting)}`] : []),
    ...(held ? ["some is withheld from you"] : []),
  ];
}

const safeguarding = ["SGD", "SDV", "VIO"];

function aboutAlerts(section: Sections["alerts"]): Indicator[] {
  const holding = (section?.entries ?? []).filter((a) => !a.status || a.status === "active");
  const safe = holding.filter(isSafeguarding);
  const others = holding.filter((a) => !isSafeguarding(a));
  const high = others.filter(isHigh);
  const place = { part: "summary", place: placeOf("alerts") } as const;
  const all: Indicator[] = [];
  if (safe.length > 0) all.push({ key: "safeguarding", text: safe.length === 1 ? "Safeguarding" : `Safeguarding (${safe.length})`, tone: "danger", icon: "warning", ...place });
  if (high.length > 0) all.push({ key: "alerts", text: count(high.length, "high alert"), tone: "warning", icon: "warning", ...place });
  else if (others.length > 0) all.push({ key: "alerts", text: count(others.length, safe.length > 0 ? "other alert" : "alert"), tone: "info", icon: "warning", ...place });
  return all;
}

function isSafeguarding(alert: Alert): boolean {
  return (alert.labels ?? []).some((l) => safeguarding.includes(l.code ?? ""));
}

/** High as its source grades it, or about safety: R4 flag-category. */
function isHigh(alert: Alert): boolean {
  return /^high/i.test(alert.category?.label ?? "") || (alert.category?.codings ?? []).some((c) => c.code === "safety");
}
