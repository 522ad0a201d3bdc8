import type { RunValues } from './runValues';

/** One value that two runs don't share; absent where a run doesn't have it. */
export interface RunDifference {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

type Facts = ReadonlyMap<string, string>;

function facts(values: RunValues): Facts {
  const { parameters, environment, gpu, accelerator } = values;
  const rows: readonly (readonly [string, string | number | undefined])[] = [
    ['Workload', values.workload],
    ['Version', values.version],
    ['Entrypoint', values.entrypoint],
    ...Object.entries(parameters).map(
      ([name, value]) => [`Parameter ${name}`, String(value)] as const,
    ),
    ['Workers', values.workers],
    ['CPU', values.cpu],
    ['Memory', values.memory],
    ['GPUs', gpu > 0 ? `${gpu} ${accelerator}` : undefined],
    ...environment.map(
      ({ name, value }) => [`Variable ${name}`, value] as const,
    ),
    ['Seconds that the Ray cluster stays', values.ttl],
    ['Seconds that it may take', values.deadline],
    ...values.others.map(
      what => [`${what[0].toUpperCase()}${what.slice(1)}`, 'set'] as const,
    ),
  ];
  return new Map(
    rows.flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as const],
    ),
  );
}

/** What differs between two runs, in the order of the form. */
export function runDifferences(
  before: RunValues,
  after: RunValues,
): readonly RunDifference[] {
  const old = facts(before);
  const now = facts(after);
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names]
    .map(name => ({ name, before: old.get(name), after: now.get(name) }))
    .filter(one => one.before !== one.after);
}
