// The four FHIR servers as a careful integrator would call them: connections kept, calls
// side by side, and one call for what several resolvers want of several people at once.

// A whole record is asked for in seven calls to a source, a list in three.
const types = (...groups) => new Map(groups.flatMap((kinds) => kinds.map((kind) => [kind, kinds.join("+")])));
export const whole = types(
  ["Patient", "AllergyIntolerance", "Flag", "RelatedPerson", "CareTeam", "Consent", "Appointment"],
  ["MedicationRequest", "MedicationStatement"], ["Condition", "Procedure"], ["Encounter"],
  ["Observation"], ["DiagnosticReport", "Immunization"], ["DocumentReference"],
);
export const listed = types(["Patient"], ["AllergyIntolerance", "Flag"], ["Observation"]);

export function openSources({ Pool, DataLoader }, addresses) {
  const sources = addresses.map((address, i) => {
    const { origin, pathname } = new URL(address);
    const letter = "abcd"[i];
    const pool = new Pool(origin, { connections: 64, keepAliveTimeout: 60_000 });
    const get = async (question) => {
      const { statusCode, body } = await pool.request({ method: "GET", path: `${pathname}/${question}` });
      if (statusCode !== 200) {
        await body.dump();
        throw new Error(`source ${letter} answered ${statusCode}`);
      }
      return (await body.json()).entry ?? [];
    };
    return { letter, get, is: { id: `source-${letter}`, name: `Source ${letter.toUpperCase()}` } };
  });

  // What one source holds of people, by the resources' types.
  const record = async (source, kinds, ids) => {
    const entries = await source.get(`${kinds}?${kinds === "Patient" ? "_id" : "patient"}=${ids.join(",")}`);
    const of = new Map(ids.map((id) => [id, {}]));
    for (const { resource } of entries) {
      const mine = of.get(subject(resource));
      if (mine) (mine[resource.resourceType] ??= []).push(resource);
    }
    return ids.map((id) => of.get(id));
  };

  // One of these for each request: nothing is remembered between them.
  const open = () => {
    const loaders = new Map();
    return {
      sources,
      // load gives the resources of one kind of a person from a source.
      async load(source, group, kind, number) {
        const kinds = group.get(kind);
        const key = source.letter + kinds;
        let loader = loaders.get(key);
        if (!loader) loaders.set(key, (loader = new DataLoader((ids) => record(source, kinds, ids), { maxBatchSize: 100 })));
        return (await loader.load(`${source.letter}-${number}`))[kind] ?? [];
      },
    };
  };
  return open;
}

// subject is the local id of whom a resource is about.
function subject(r) {
  if (r.resourceType === "Patient") return r.id;
  const about = r.subject ?? r.patient ?? r.participant?.find((p) => p.actor.reference.startsWith("Patient/"))?.actor;
  return about?.reference.slice("Patient/".length);
}
