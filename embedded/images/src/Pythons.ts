import { NotFoundError } from '@backstage/errors';
import { runProcess } from '@ml-platform/images';

/** A Python of this machine. */
export interface Python {
  /** Absolute path of the interpreter, past any shim. */
  readonly path: string;
  /** As `3.11.7`. */
  readonly version: string;
}

const OLDEST_MINOR = 10;
const COMMANDS = [
  'python3',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python',
];
const PROBE =
  'import sys; print("%d.%d.%d" % sys.version_info[:3]); print(sys.executable)';

/** The minor version, for example `3.11` of `3.11.7`. */
function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function isSupported({ version }: Python): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && minor >= OLDEST_MINOR;
}

async function probe(
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<Python | undefined> {
  try {
    // -I: neither PYTHONPATH nor the folder we are in can change the answer.
    const lines: string[] = [];
    const { code } = await runProcess(command, ['-I', '-c', PROBE], {
      env,
      onLine: line => lines.push(line.trim()),
    });
    const [version, path] = lines;
    return code === 0 && path ? { version, path } : undefined;
  } catch {
    // No such command: not an error, the next one may be there.
    return undefined;
  }
}

/** The Pythons of this machine, looked up once. */
export class Pythons {
  readonly #command: string | undefined;
  readonly #env: NodeJS.ProcessEnv;
  #found: Promise<readonly Python[]> | undefined;

  constructor(options: {
    /** Command or path of the Python to prefer. */
    readonly command?: string;
    readonly env: NodeJS.ProcessEnv;
  }) {
    this.#command = options.command;
    this.#env = options.env;
  }

  /**
   * The Python with this minor version (for example `3.11`) if there is one, else the
   * preferred one.
   *
   * @throws {NotFoundError} with what to install when no Python is new enough
   */
  async find(minor?: string): Promise<Python> {
    this.#found ??= this.#probeAll();
    const found = await this.#found;
    const supported = found.filter(isSupported);
    const best =
      supported.find(({ version }) => minorOf(version) === minor) ??
      supported.at(0);
    if (best) return best;
    this.#found = undefined;
    const old = found.map(({ path, version }) => `${path} is ${version}`);
    throw new NotFoundError(
      `Python 3.${OLDEST_MINOR} or newer was not found${
        old.length ? ` (${old.join(', ')})` : ''
      }. Training jobs run in Python here: install it (Debian and Ubuntu: apt install python3 python3-venv; macOS: brew install python), then start again.`,
    );
  }

  async #probeAll(): Promise<readonly Python[]> {
    const commands = this.#command ? [this.#command, ...COMMANDS] : COMMANDS;
    const found = await Promise.all(
      commands.map(command => probe(command, this.#env)),
    );
    return found.flatMap(python => python ?? []);
  }
}
