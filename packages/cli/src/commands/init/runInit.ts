import { join } from 'node:path';
import { ConflictError, InputError } from '@backstage/errors';
import {
  PROJECT_FILE,
  proposeSettings,
  userSettingsFile,
} from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { plain } from '../../terminal/plain';
import { canAsk } from '../../terminal/prompt';
import { askSettings } from './askSettings';
import type { InitOptions } from './command';
import { optionSettings } from './optionSettings';
import {
  ownSettings,
  readSettingsFile,
  settingsText,
  writeSettingsFile,
} from './settingsFile';

export async function runInit(cli: Cli, options: InitOptions): Promise<void> {
  const { io, globals } = cli;
  const { cwd, env } = io;
  const { force = false, yes = false } = options;
  const given = optionSettings(globals, options, cwd);
  if (!yes && !canAsk(io)) {
    throw new InputError(
      'There is no terminal to ask on; give --yes to take what is found, and options for the rest',
    );
  }
  const proposal = await proposeSettings(given, { cwd, env });
  const file = options.user
    ? userSettingsFile(env)
    : join(proposal.folder, PROJECT_FILE);
  const existing = await readSettingsFile(file);
  if (existing && !force) {
    throw new ConflictError(
      `${file} is there already; replace it with --force, or edit it`,
    );
  }
  const settings = yes
    ? proposal.settings
    : await askSettings(io, proposal, given);
  const own = ownSettings(settings, existing ?? {});
  const text = await settingsText(own, file);
  await writeSettingsFile(file, text, {
    replace: force,
    secret: Boolean(own.git?.token || own.builder?.token),
  });
  cli.say(plain(`Wrote ${file}.`));
  cli.say("Check it with 'ml-platform doctor'.");
}
