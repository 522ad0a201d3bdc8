import { EXIT } from '../exitCodes';
import { run } from '../program';
import { namesProxy } from './namesProxy';

/** Milliseconds after Ctrl-C that a command has to end by itself. */
const GRACE = 800;

/** Runs the command line of this process. */
async function runInProcess(): Promise<void> {
  const { stdout, stderr, env, argv } = process;
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
  if (namesProxy(env)) {
    const { useEnvironmentProxies } = await import('./proxies');
    useEnvironmentProxies(env);
  }
  const code = await run(argv.slice(2), {
    stdout,
    stderr,
    // Opened only where something is read: that takes as long as a small command.
    get stdin() {
      return process.stdin;
    },
    env,
    cwd: process.cwd(),
    now: () => new Date(),
    signal: interrupt.signal,
  });
  // Taking Node down part by part takes longer; what was written has to be out, though.
  process.exitCode = code;
  stdout.write('', () => stderr.write('', () => process.exit(code)));
}

runInProcess();
