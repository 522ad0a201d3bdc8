import { validateEnvName } from '@ml-platform/rayjob';

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

/** Variables of a text with a NAME=value on each line, as of an .env file. */
export function parseEnvironment(text: string): EnvironmentVariable[] {
  return text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [, name, value] = /^(?:export\s+)?([^=]*)=?(.*)$/s.exec(line) ?? [];
      return { name: (name ?? '').trim(), value: unquote(value ?? '') };
    });
}

function unquote(value: string): string {
  const match = /^\s*(["'])(.*)\1\s*$/s.exec(value);
  return match ? match[2] : value.trim();
}
