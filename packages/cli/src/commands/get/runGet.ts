import type { Cli } from '../../Cli';
import { findJob } from '../../jobs/findJob';
import { writeValue } from '../../output/formats';
import { write, writeAll } from '../../output/write';
import { jobTable } from '../list/jobTable';
import type { GetOptions } from './command';

export async function runGet(
  cli: Cli,
  { output }: GetOptions,
  names: readonly string[],
): Promise<void> {
  const { io } = cli;
  const { signal } = io;
  const found = await Promise.all(names.map(name => findJob(cli, name)));
  const jobs = found.map(({ job }) => job);
  switch (output) {
    case 'json':
    case 'yaml': {
      const details = await Promise.all(
        found.map(({ job, platform }) => platform.getJob(job, { signal })),
      );
      await writeValue(io, names.length === 1 ? details[0] : details, output);
      break;
    }
    case 'manifest': {
      const manifests = await Promise.all(
        found.map(({ job, platform }) => platform.jobManifest(job, { signal })),
      );
      await write(io.stdout, manifests.join('---\n'));
      break;
    }
    case 'name':
      await write(io.stdout, jobs.map(({ name }) => `${name}\n`).join(''));
      break;
    default:
      await writeAll(
        io.stdout,
        jobTable(jobs, io, { wide: output === 'wide', places: true }),
      );
  }
}
