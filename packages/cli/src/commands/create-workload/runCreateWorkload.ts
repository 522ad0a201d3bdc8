import { openTemplates } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { writeValue } from '../../output/formats';
import { table } from '../../output/table';
import { write } from '../../output/write';
import { plain } from '../../terminal/plain';
import type { CreateWorkloadOptions } from './command';
import { workloadValues } from './workloadValues';

/** Runs the portal's template to its end, and prints what it made. */
export async function runCreateWorkload(
  cli: Cli,
  options: CreateWorkloadOptions,
  name: string,
): Promise<void> {
  const { io, given } = cli;
  const { signal } = io;
  const templates = await openTemplates(given, io);
  try {
    const values = workloadValues(name, options, given.namespace);
    const task = await templates.start('create-workload', values, { signal });
    cli.onInterrupt(`The task continues: ${task.url}`);
    const links = await templates.follow(task, {
      signal,
      onLine: line => cli.say(plain(line)),
    });
    switch (options.output) {
      case 'json':
      case 'yaml':
        await writeValue(io, { workload: name, task, links }, options.output);
        break;
      case 'name':
        await write(io.stdout, `${plain(name)}\n`);
        break;
      default:
        await write(
          io.stdout,
          table(
            [...links, { title: 'Task', url: task.url }],
            [
              { title: 'LINK', value: ({ title }) => title },
              { title: 'ADDRESS', value: ({ url }) => url },
            ],
          ),
        );
    }
    cli.say(
      `When the pull request is merged: ml-platform build ${plain(name)} 0.1.0`,
    );
  } finally {
    templates.close();
  }
}
