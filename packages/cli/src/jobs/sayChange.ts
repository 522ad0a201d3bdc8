import type { JobChange } from '@ml-platform/sdk';
import type { Cli } from '../Cli';
import { write } from '../output/write';

/** Says how a change was carried out; the name goes to programs. */
export async function sayChange(
  cli: Cli,
  change: JobChange,
  done: string,
  proposed: string,
): Promise<void> {
  await write(cli.io.stdout, `${change.job.name}\n`);
  if (change.via === 'git') {
    cli.say(`${proposed} Merge the pull request: ${change.pullRequestUrl}`);
  } else {
    cli.say(done);
  }
}
