// What the two npm validators share: where the packages are, and going through a file of one resource a line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A package from the folder that `DHO_VALIDATORS_NODE` names. */
export const tool = createRequire(`${process.env.DHO_VALIDATORS_NODE}/package.json`);

/** Prints what `problems` finds in each line of the file given, and how many lines there were. */
export function resources(problems) {
  const lines = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
  for (const line of lines) {
    const resource = JSON.parse(line);
    for (const problem of problems(resource)) {
      console.log(`${resource.resourceType}/${resource.id ?? ''}: ${problem.trim()}`);
      process.exitCode = 1;
    }
  }
  console.log(`${lines.length} resources`);
}
