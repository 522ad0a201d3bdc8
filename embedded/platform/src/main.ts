import { mkdirSync } from 'node:fs';
import { isError } from '@backstage/errors';
import { startPlatform } from './platform';
import { asDiskFull, requireSpace } from './supervisor/diskSpace';
import { InstanceLock } from './supervisor/InstanceLock';
import { parseOptions } from './supervisor/options';
import { portsFrom, requireFreePorts } from './supervisor/ports';
import { loadSecrets } from './supervisor/secrets';
import { Shutdown } from './supervisor/Shutdown';
import { welcome } from './supervisor/welcome';

const STEP_TIMEOUT_MS = 15_000;

/** Failures that are sentences for people rather than defects. */
const EXPECTED = new Set([
  'InputError',
  'ConflictError',
  'NotFoundError',
  'DiskFullError',
]);

async function main(): Promise<number> {
  // npm runs its scripts in the checkout.
  const root = process.cwd();
  const options = parseOptions(process.argv.slice(2), process.env, root);
  // Databases below it hold keys and logs, which are the user's alone.
  mkdirSync(options.stateDir, { recursive: true, mode: 0o700 });
  requireSpace(options.stateDir);
  const lock = InstanceLock.take(options.stateDir);
  const shutdown = new Shutdown({
    stepTimeoutMs: STEP_TIMEOUT_MS,
    onProblem: message => process.stderr.write(`  ! ${message}\n`),
  });
  shutdown.add('lock', () => lock.release());

  let stopping = false;
  const stopped = new Promise<number>(resolve => {
    const stop = () => {
      stopping = true;
      resolve(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, stop);
    }
  });
  const run = async () => {
    const ports = portsFrom(options.port);
    await requireFreePorts(ports);
    const secrets = await loadSecrets(options.stateDir);
    const platform = await startPlatform({
      root,
      options,
      ports,
      secrets,
      shutdown,
    });
    process.stdout.write(welcome(platform));
    const reason = await platform.portal.givenUp;
    if (!stopping) {
      process.stderr.write(`\n${reason}\n`);
    }
    return 1;
  };
  try {
    return await Promise.race([stopped, run()]);
  } catch (error) {
    throw asDiskFull(error, options.stateDir);
  } finally {
    process.stdout.write('\nStopping …\n');
    await shutdown.run();
  }
}

main().then(
  code => process.exit(code),
  error => {
    const sentence = isError(error) && EXPECTED.has(error.name);
    process.stderr.write(`\n${sentence ? error.message : error.stack}\n`);
    process.exit(1);
  },
);
