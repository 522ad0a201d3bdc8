import type { OpenedPlatform } from '@ml-platform/sdk';
import { Command, CommanderError } from 'commander';
import type { Cli, GlobalOptions, StartCommand } from './Cli';
import { COMMANDS } from './commands';
import { EXIT, EXIT_MEANINGS } from './exitCodes';
import { failure } from './failure';
import { settingsOf } from './settingsOf';
import { plain } from './terminal/plain';
import { painter } from './terminal/style';
import type { Io } from './terminal/Io';
import { version } from './version';

/** Loads the way to the platform only where a command goes it. */
async function openWith(
  given: Cli['given'],
  { cwd, env }: Io,
): Promise<OpenedPlatform> {
  const { openPlatform } = await import('./openPlatform');
  return openPlatform(given, { cwd, env });
}

/** One run of the command line: what its command opened, and how it ends. */
class Run {
  code: number = EXIT.ok;
  readonly #io: Io;
  readonly #opened: Promise<OpenedPlatform>[] = [];
  #interrupt = '';

  constructor(io: Io) {
    this.#io = io;
  }

  readonly start: StartCommand =
    action =>
    async (...args) => {
      const command = args.at(-1);
      if (!(command instanceof Command)) {
        throw new TypeError('Commander gives the command last');
      }
      const globals = command.optsWithGlobals<GlobalOptions>();
      const cli = this.#cli(globals, settingsOf(globals));
      await action(
        cli,
        command.opts<Parameters<typeof action>[1]>(),
        ...command.args,
      );
    };

  #cli(globals: GlobalOptions, given: Cli['given']): Cli {
    const io = this.#io;
    let opened: Promise<OpenedPlatform> | undefined;
    const open = () => {
      if (!opened) {
        opened = openWith(given, io);
        this.#opened.push(opened);
      }
      return opened;
    };
    return {
      io,
      globals,
      given,
      open,
      openPortal: async () => {
        const { settings } = await open();
        const { portal, via } = settings;
        return portal && via !== 'portal'
          ? this.#cli(globals, { ...given, portal, via: 'portal' })
          : undefined;
      },
      say: line => {
        io.stderr.write(`${line}\n`);
      },
      onInterrupt: sentence => {
        this.#interrupt = sentence;
      },
      exit: code => {
        this.code = code;
      },
    };
  }

  /** Says why a command failed. */
  fail(error: unknown): void {
    const { stderr, env, signal } = this.#io;
    if (signal.aborted) {
      this.interrupted();
      return;
    }
    if (error instanceof CommanderError) {
      // Commander has said it; help and version are no errors.
      this.code = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
      return;
    }
    const { code, message } = failure(error);
    this.code = code;
    const lines = message.split('\n').map(plain).join('\n');
    stderr.write(`${painter(stderr, env)('red', 'Error:')} ${lines}\n`);
  }

  interrupted(): void {
    this.code = EXIT.interrupted;
    if (this.#interrupt) {
      this.#io.stderr.write(`\n${this.#interrupt}\n`);
    }
  }

  async close(): Promise<void> {
    for (const opening of this.#opened) {
      const opened = await opening.catch(() => undefined);
      opened?.platform.close();
    }
  }
}

/**
 * The command line, whose commands `start` turns into actions.
 *
 * @param only - name of the one command that is needed; the others take their time
 */
export function createProgram(
  io: Pick<Io, 'stdout' | 'stderr'>,
  start: StartCommand,
  only = '',
): Command {
  const { stdout, stderr } = io;
  const program = new Command('ml-platform')
    .description('Training jobs on Ray and Kubernetes, from a terminal')
    .option('--context <name>', 'kubecontext of the cluster that jobs run on')
    .option('--kubeconfig <file>', 'kubeconfig to use')
    .option('-n, --namespace <name>', 'namespace of jobs')
    .option('--portal <url>', 'go through the portal, not to the cluster')
    .option('--project <id>', 'Google Cloud project of the cluster')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureOutput({
      writeOut: text => stdout.write(text),
      writeErr: text => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .showHelpAfterError("Run 'ml-platform help' for help")
    .exitOverride()
    .addHelpText(
      'after',
      () =>
        `\nExit status:\n${EXIT_MEANINGS.map(
          ([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`,
        ).join('\n')}`,
    );
  const one = COMMANDS.get(only);
  for (const add of one ? [one] : COMMANDS.values()) {
    add(program, start);
  }
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
  }
  return program;
}

/**
 * Runs one command line.
 * @param args - without the names of Node and of the script
 * @returns the exit code
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const state = new Run(io);
  const program = createProgram(io, state.start, args[0]);
  try {
    // What the shells ask for, for each Tab.
    if (args[0] === '__complete') {
      const { complete } = await import('./commands/completion/complete');
      io.stdout.write(await complete(program, args.slice(1), io));
      return state.code;
    }
    await program.parseAsync(args, { from: 'user' });
    if (io.signal.aborted) {
      state.interrupted();
    }
  } catch (error) {
    state.fail(error);
  } finally {
    await state.close();
  }
  return state.code;
}
