import { validateEnvName } from '@ml-platform/backstage-plugin-ray-common';
import { parse } from 'dotenv';

/** One variable of the job's environment: the value of the form is a list of them. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/** What is wrong with a list of variables, a line for each. */
export function environmentProblems(
  variables: readonly EnvironmentVariable[],
): string[] {
  const seen = new Set<string>();
  return variables.flatMap(({ name, value }) => {
    if (!name && !value) {
      return ['A variable has no name; name it or take it away'];
    }
    const problem = validateEnvName(name);
    if (problem) {
      return [problem];
    }
    if (seen.has(name)) {
      return [`${name} is set twice; take one of them away`];
    }
    seen.add(name);
    return [];
  });
}

/** Variables of a text in the format of .env files, as `dotenv` reads it. */
export function parseEnvironment(text: string): EnvironmentVariable[] {
  return Object.entries(parse(text)).map(([name, value]) => ({ name, value }));
}
