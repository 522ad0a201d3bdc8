import { InputError } from '@backstage/errors';
import type { Cli } from '../../Cli';
import { findJob } from '../../jobs/findJob';
import { write } from '../../output/write';
import type { OpenOptions } from './command';

export async function runOpen(
  cli: Cli,
  { print }: OpenOptions,
  name: string | undefined,
): Promise<void> {
  const { settings } = await cli.open();
  if (!settings.portal) {
    throw new InputError(
      'No portal is known; set portal in .ml-platform.yaml, for example with ml-platform init',
    );
  }
  let path = '/ray';
  if (name) {
    const { job } = await findJob(cli, name);
    const parts = [job.cluster, job.namespace, job.name];
    path = `/ray/jobs/${parts.map(encodeURIComponent).join('/')}`;
  }
  const { href } = new URL(path, settings.portal);
  await write(cli.io.stdout, `${href}\n`);
  if (!print) {
    const { default: openBrowser } = await import('open');
    const browser = await openBrowser(href);
    browser.on('error', () =>
      cli.say("Couldn't start a browser; open the address yourself"),
    );
  }
}
