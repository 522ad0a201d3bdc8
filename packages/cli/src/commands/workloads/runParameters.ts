import { NotFoundError } from '@backstage/errors';
import { describeParameter, type Parameter } from '@ml-platform/parameters';
import type { Cli } from '../../Cli';
import { findWorkloads } from '../../findWorkloads';
import { writeValue } from '../../output/formats';
import { table, type Column } from '../../output/table';
import { write } from '../../output/write';
import { plain } from '../../terminal/plain';
import { findWorkloadParameters } from '../../workloadParameters';
import type { WorkloadsOptions } from './command';

interface Row extends Parameter {
  readonly name: string;
  readonly required: boolean;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'PARAMETER', value: ({ name }) => name },
  { title: 'TAKES', value: describeParameter },
  {
    title: 'DEFAULT',
    value: ({ default: initial, required }) =>
      String(initial ?? (required ? 'required' : '')),
  },
  { title: 'DESCRIPTION', value: ({ description = '' }) => description },
];

/** Prints what a workload takes. */
export async function runParameters(
  cli: Cli,
  { output }: WorkloadsOptions,
  workload: string,
): Promise<void> {
  const { io } = cli;
  const { cwd, signal } = io;
  const { platform } = await cli.open();
  const schema = await findWorkloadParameters(workload, platform, {
    cwd,
    signal,
  });
  if (!schema) {
    const here = await findWorkloads(cwd);
    if (here.some(({ name }) => name === workload)) {
      cli.say(
        `${workload} describes no parameters; a parameters.schema.json beside its catalog-info.yaml does`,
      );
      return;
    }
    throw new NotFoundError(
      `There are no parameters of ${workload} to be found; change to its checkout, or go through the portal`,
    );
  }
  const { properties, required = [] } = schema;
  const rows = Object.entries(properties).map(([name, parameter]) => ({
    ...parameter,
    name,
    required: required.includes(name),
  }));
  switch (output) {
    case 'json':
    case 'yaml':
      await writeValue(io, schema, output);
      break;
    case 'name':
      await write(
        io.stdout,
        rows.map(({ name }) => `${plain(name)}\n`).join(''),
      );
      break;
    default:
      await write(
        io.stdout,
        table(rows, COLUMNS, output === 'wide' ? undefined : io.stdout.columns),
      );
  }
}
