import { EXIT } from '../exitCodes';
import { run } from '../program';

/** Milliseconds after Ctrl-C that a command has to end by itself. */
const GRACE = 800;

/** Runs the command line of this process. */
async function runInProcess(): Promise<void> {
  const { stdout, stderr, stdin, env, argv } = process;
  const interrupt = new AbortController();
  const onSignal = () => {
    if (interrupt.signal.aborted) {
      process.exit(EXIT.interrupted);
    }
    interrupt.abort();
    setTimeout(() => process.exit(EXIT.interrupted), GRACE).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Whoever reads may have had enough, as `head` has.
  stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') {
      process.exit(EXIT.ok);
    }
    throw error;
  });
  process.exitCode = await run(argv.slice(2), {
    stdout,
    stderr,
    stdin,
    env,
    cwd: process.cwd(),
    now: () => new Date(),
    signal: interrupt.signal,
  });
}

runInProcess();
