// Resolvers for schema.graphql. Below a section there are none: its entries are plain
// objects, which every executor reads fastest.
import { whole, listed } from "./sources.mjs";

const label = (concept) => ({ label: concept?.text ?? concept?.coding?.[0]?.display });
const entry = (source, r, code, date, more) => ({ code, date, provenance: { source: source.is, localId: r.id }, ...more });
const value = (q) => (q ? { quantity: { value: q.value, unit: q.unit } } : null);
const isLaboratory = (o) => o.category[0].coding[0].code === "laboratory";
const isStay = (e) => e.class.code === "IMP";
const nameOf = (n) => {
  const [family, given, title] = [n.family, n.given, n.prefix?.[0]];
  return { text: `${family.toUpperCase()}, ${given.join(" ")}${title ? ` (${title})` : ""}`, family, given, title };
};

// simple is a section of one kind of resources, each of which is one entry.
const simple = (kind, make) => ({ kinds: [kind], entries: (s, [all]) => all.map((r) => make(s, r)) });

// sections say what is to be loaded, and what entries come of it.
const sections = {
  demographics: simple("Patient", (s, r) => entry(s, r, { label: "Demographics" }, null, { name: nameOf(r.name[0]) })),
  practice: simple("Patient", (s, r) => entry(s, r, { label: r.generalPractitioner[0].display }, null)),
  allergies: simple("AllergyIntolerance", (s, r) => entry(s, r, label(r.code), r.onsetDateTime, { criticality: r.criticality })),
  alerts: simple("Flag", (s, r) => entry(s, r, label(r.code), r.period?.start, { status: r.status })),
  medications: {
    kinds: ["MedicationRequest", "MedicationStatement"],
    entries: (s, [ordered, stated]) => [
      ...ordered.map((r) => entry(s, r, label(r.medicationCodeableConcept), r.authoredOn, { status: r.status, dosage: r.dosageInstruction?.[0]?.text })),
      ...stated.map((r) => entry(s, r, label(r.medicationCodeableConcept), r.effectivePeriod?.start, { status: r.status, dosage: r.dosage?.[0]?.text })),
    ],
  },
  problems: simple("Condition", (s, r) => entry(s, r, label(r.code), r.onsetDateTime, { clinicalStatus: r.clinicalStatus?.coding[0].code })),
  appointments: simple("Appointment", (s, r) => entry(s, r, label(r.serviceType?.[0]), r.start, { status: r.status })),
  contacts: {
    kinds: ["Encounter"],
    entries: (s, [all]) => all.filter((r) => !isStay(r)).map((r) => entry(s, r, label(r.type?.[0]), r.period.start, { status: r.status })),
  },
  admissions: {
    kinds: ["Encounter"],
    entries: (s, [all]) => all.filter(isStay).map((r) => entry(s, r, label(r.type?.[0]), r.period.start, { status: r.status })),
  },
  discharges: {
    kinds: ["Encounter"],
    entries: (s, [all]) => all.filter((r) => isStay(r) && r.period.end).map((r) => entry(s, r, label(r.type?.[0]), r.period.end)),
  },
  personalContacts: {
    kinds: ["RelatedPerson", "Patient"],
    entries: (s, [related, people]) => [
      ...related.map((r) => entry(s, r, label(r.relationship?.[0]), r.period?.start)),
      ...people.flatMap((r) => (r.contact ?? []).map((c) => entry(s, r, label(c.relationship?.[0]), c.period?.start))),
    ],
  },
  professionalContacts: {
    kinds: ["CareTeam"],
    entries: (s, [teams]) => teams.flatMap((r) => r.participant.map((p) => entry(s, r, label(p.role?.[0]), p.period?.start, { name: p.member.display }))),
  },
  consents: simple("Consent", (s, r) => entry(s, r, label(r.category?.[0]), r.dateTime, { decision: r.provision?.type })),
  results: {
    kinds: ["DiagnosticReport", "Observation"],
    entries: (s, [reports, observations]) => {
      const measured = new Map(observations.filter(isLaboratory).map((o) => [o.id, o]));
      const measurement = (o) => ({ code: label(o.code), value: value(o.valueQuantity) });
      const all = reports.map((r) => {
        const measurements = [];
        for (const { reference } of r.result) {
          const id = reference.slice("Observation/".length);
          measurements.push(measurement(measured.get(id)));
          measured.delete(id);
        }
        return entry(s, r, label(r.code), r.effectiveDateTime, { status: r.status, measurements });
      });
      for (const o of measured.values()) all.push(entry(s, o, label(o.code), o.effectiveDateTime, { status: o.status, measurements: [measurement(o)] }));
      return all;
    },
  },
  observations: {
    kinds: ["Observation"],
    entries: (s, [all]) => all.filter((o) => !isLaboratory(o)).map((o) => entry(s, o, label(o.code), o.effectiveDateTime, { status: o.status, value: value(o.valueQuantity) })),
  },
  vaccinations: simple("Immunization", (s, r) => entry(s, r, label(r.vaccineCode), r.occurrenceDateTime, { status: r.status })),
  procedures: simple("Procedure", (s, r) => entry(s, r, label(r.code), r.performedPeriod?.start, { status: r.status })),
  documents: simple("DocumentReference", (s, r) => entry(s, r, label(r.type), r.date, { status: r.status, title: r.content[0].attachment.title })),
};

const section = ({ kinds, entries }) => async (patient, { first }, { sources, load }) => {
  const outcomes = [];
  const parts = await Promise.all(sources.map(async (s) => {
    const made = entries(s, await Promise.all(kinds.map((kind) => load(s, patient.group, kind, patient.nhsNumber))));
    outcomes.push({ source: s.is, status: made.length > 0 ? "ANSWERED" : "EMPTY", count: made.length });
    return made;
  }));
  const all = parts.flat();
  const total = all.length;
  if (first && first < total) all.sort((a, b) => (a.date < b.date ? 1 : -1)).length = first; // the newest
  return { total, verdict: total > 0 ? "KNOWN" : "NOT_RECORDED", outcomes, entries: all };
};

async function search(_, { familyName, birthDate }, { sources }) {
  const people = new Map();
  const outcomes = await Promise.all(sources.map(async (s) => {
    const found = await s.get(`Patient?family=${encodeURIComponent(familyName)}&birthdate=${birthDate}`);
    for (const { resource: r } of found) {
      const nhsNumber = r.identifier.find((i) => i.system === "https://fhir.nhs.uk/Id/nhs-number").value;
      const hit = people.get(nhsNumber);
      if (hit) hit.sources.push(s.is);
      else people.set(nhsNumber, { nhsNumber, name: nameOf(r.name[0]), birthDate: r.birthDate, gender: r.gender, postcode: r.address?.[0]?.postalCode, sources: [s.is] });
    }
    return { source: s.is, status: "ANSWERED", count: found.length };
  }));
  return { hits: [...people.values()], outcomes, more: false };
}

export const resolvers = {
  Query: {
    patientByNHSNumber: (_, { nhsNumber }) => ({ nhsNumber, group: whole }),
    patientsByNHSNumber: (_, { nhsNumbers }) => nhsNumbers.map((nhsNumber) => ({ nhsNumber, patient: { nhsNumber, group: listed } })),
    searchPatients: search,
  },
  Patient: Object.fromEntries(Object.entries(sections).map(([name, s]) => [name, section(s)])),
};
