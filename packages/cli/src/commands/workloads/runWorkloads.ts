import { relative } from 'node:path';
import type { Workload } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { findWorkloads } from '../../findWorkloads';
import { writeValue } from '../../output/formats';
import { table, type Column } from '../../output/table';
import { write } from '../../output/write';
import { plain } from '../../terminal/plain';
import type { WorkloadsOptions } from './command';

function columns(cwd: string, wide: boolean): readonly Column<Workload>[] {
  const more: readonly Column<Workload>[] = [
    { title: 'ENTRYPOINT', value: ({ entrypoint }) => entrypoint },
    { title: 'FOLDER', value: ({ folder }) => relative(cwd, folder) || '.' },
  ];
  return [
    { title: 'NAME', value: ({ name }) => name },
    { title: 'TITLE', value: ({ title = '' }) => title, rank: 2 },
    {
      title: 'OWNER',
      value: ({ owner = '' }) => owner.replace(/^group:default\//, ''),
      rank: 1,
    },
    ...(wide ? more : []),
    { title: 'DESCRIPTION', value: ({ description = '' }) => description },
  ];
}

export async function runWorkloads(
  cli: Cli,
  { output }: WorkloadsOptions,
): Promise<void> {
  const { io } = cli;
  const workloads = await findWorkloads(io.cwd);
  switch (output) {
    case 'json':
    case 'yaml':
      await writeValue(io, workloads, output);
      break;
    case 'name':
      await write(
        io.stdout,
        workloads.map(({ name }) => `${plain(name)}\n`).join(''),
      );
      break;
    default:
      if (workloads.length > 0) {
        const wide = output === 'wide';
        const width = wide ? undefined : io.stdout.columns;
        await write(io.stdout, table(workloads, columns(io.cwd, wide), width));
      }
  }
  if (workloads.length === 0) {
    cli.say(
      'No workloads here; a workload is a folder with a catalog-info.yaml whose spec.type is training-workload',
    );
  }
}
