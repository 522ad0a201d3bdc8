import { textProblem, validateEnvName } from '@ml-platform/rayjob';
import { parse } from 'dotenv';

/** A variable of the job's environment. The value of the field is a list of them. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/** The problems of a list of variables, one line for each. */
export function environmentProblems(
  variables: readonly EnvironmentVariable[],
): string[] {
  const seen = new Set<string>();
  return variables.flatMap(({ name, value }) => {
    if (!name && !value) {
      return ['A variable has no name. Name it or remove it.'];
    }
    const problem = validateEnvName(name);
    if (problem) {
      return [problem];
    }
    if (seen.has(name)) {
      return [`${name} is set twice. Remove one of them.`];
    }
    seen.add(name);
    const unfit = textProblem(`The value of ${name}`, value);
    return unfit ? [unfit] : [];
  });
}

/** The variables in the text of a .env file, as `dotenv` reads them. */
export function parseEnvironment(text: string): EnvironmentVariable[] {
  return Object.entries(parse(text)).map(([name, value]) => ({ name, value }));
}
