// Validates each line of the file given with the npm package `fhir`, unexpected properties included.
import { resources, tool } from './resources.mjs';

const { Fhir } = tool('fhir');
const fhir = new Fhir();

resources((resource) => {
  const { messages } = fhir.validate(resource, { errorOnUnexpected: true });
  return messages
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ location, message }) => `${location ?? ''} ${message}`);
});
