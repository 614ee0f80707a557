import type { Coded } from "../../../components/EntryRow";
import type { Edge } from "./useTimeline";
import { found, label, labels, line, usual } from "../../../components/values";
import { coded } from "../../../ui/words";
import type { Fact } from "../../../ui/Facts";

export type Node = NonNullable<Edge["node"]>;

/** What a row of the timeline says of an entry, in the source's words. */
export interface Described {
  readonly main: string;
  /** A short line under it. */
  readonly under: string;
  /** Status or flag, where it does not go without saying. */
  readonly status: string;
  readonly facts: readonly Fact[];
  readonly codes: Readonly<Record<string, Coded | readonly Coded[] | null | undefined>>;
}

const unsaid = ["final", "active", "finished", "completed", "booked", "current"];

/** How many measurements of a report stand in its row; all are in its details. */
const inARow = 4;

/** Says what an entry is; `kind` is what to call it where nothing names it. */
export function describe(node: Node, kind: string): Described {
  const d = details(node);
  const status = "status" in node ? node.status : "clinicalStatus" in node ? node.clinicalStatus : null;
  return {
    main: [node.code?.label, d.main, kind].find(Boolean) ?? kind,
    under: d.under ?? "",
    status: d.flag ?? (status && !unsaid.includes(status) ? coded(status) : ""),
    facts: [...(status ? [{ label: "Status", value: coded(status) }] : []), ...(d.facts ?? [])],
    codes: d.codes ?? {},
  };
}

interface Parts {
  readonly main?: string | null | undefined;
  readonly under?: string;
  readonly flag?: string | undefined;
  readonly facts?: readonly Fact[];
  readonly codes?: Described["codes"];
}

function details(node: Node): Parts {
  switch (node.__typename) {
    case "Allergy":
      return { under: line(node.criticality ? `${coded(node.criticality)} criticality` : null, labels(node.reactions?.flatMap((r) => r.manifestations ?? []))) };
    case "Alert":
      return { under: label(node.category), codes: { Category: node.category } };
    case "Medication":
      return { under: line(node.dosage, node.kind ? coded(node.kind) : null), facts: [{ label: "Dose", value: node.dosage }, { label: "For", value: label(node.reason) }], codes: { Reason: node.reason } };
    case "Appointment":
    case "Contact": {
      const setting = node.__typename === "Contact" ? (node.class?.display ?? node.class?.code) : null;
      return {
        main: [label(node.service), setting].find(Boolean),
        under: line(label(node.reason), node.code?.label === label(node.service) ? null : label(node.service), node.practitioner?.name, node.location),
        facts: [{ label: "Setting", value: setting }, { label: "With", value: line(node.practitioner?.name, node.practitioner?.role) }, { label: "Place", value: node.location }],
        codes: { Service: node.service, Reason: node.reason },
      };
    }
    case "Admission":
      return {
        main: label(node.specialty),
        under: line(label(node.reason), label(node.specialty), node.ward, node.consultant?.name),
        facts: [{ label: "Ward", value: node.ward }, { label: "Consultant", value: node.consultant?.name }],
        codes: { Specialty: node.specialty, Reason: node.reason },
      };
    case "Discharge":
      return {
        main: label(node.specialty),
        under: line(node.destination ? `to ${label(node.destination)}` : null, label(node.specialty), node.ward, node.consultant?.name),
        facts: [{ label: "Ward", value: node.ward }, { label: "Consultant", value: node.consultant?.name }],
        codes: { Specialty: node.specialty, Destination: node.destination },
      };
    case "Result": {
      const all = (node.measurements ?? []).map((m) => line([label(m.code), found(m.value, m.absent), labels(m.interpretation)].filter(Boolean).join(" ")));
      return {
        under: line(...all.slice(0, inARow), all.length > inARow ? `and ${all.length - inARow} more` : null, node.conclusion),
        facts: [
          ...(node.measurements ?? []).map((m) => ({
            label: label(m.code) || "Test",
            value: line([found(m.value, m.absent), labels(m.interpretation)].filter(Boolean).join(" "), usual(m.ranges) ? `usual ${usual(m.ranges)}` : null),
          })),
          { label: "Conclusion", value: node.conclusion },
        ],
      };
    }
    case "Observation": {
      const parts = (node.components ?? []).map((c) => [label(c.code), found(c.value, c.absent)].filter(Boolean).join(" "));
      return {
        under: line(found(node.value, node.absent), ...parts),
        flag: labels(node.interpretation) || undefined,
        codes: { Value: node.value?.concept, Flag: node.interpretation },
      };
    }
    case "Vaccination":
      return { under: line(label(node.disease), node.dose ? `dose ${node.dose}` : null), codes: { Disease: node.disease } };
    case "Procedure":
      return { under: line(label(node.outcome), node.location), codes: { Outcome: node.outcome } };
    case "Document":
      return { main: node.title, under: line(node.code?.label ? node.title : null, label(node.category), label(node.service)), codes: { Category: node.category, Service: node.service } };
    default:
      return {};
  }
}

/** A number as people read it: 10,000. */
export function counted(n: number): string {
  return n.toLocaleString("en-GB");
}

