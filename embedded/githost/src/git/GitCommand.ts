import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { isError } from '@backstage/errors';
import { buffer, text } from 'node:stream/consumers';
import { GitHubError } from '../GitHubError';

/** Runs git on the bare repository, without the settings of this machine. */
export class GitCommand {
  readonly #dir: string;
  readonly #command: string;

  constructor(options: {
    /** The bare repository. */
    readonly dir: string;
    /** Default `git`, from the PATH. */
    readonly command?: string;
  }) {
    this.#dir = options.dir;
    this.#command = options.command ?? 'git';
  }

  /**
   * Starts git; `protocol` is what the client asked for with Git-Protocol.
   * @throws {GitHubError} 501 when git isn't installed
   */
  async start(
    args: readonly string[],
    protocol?: string,
  ): Promise<ChildProcessWithoutNullStreams> {
    const child = spawn(
      this.#command,
      // The state may lie on a volume that belongs to somebody else.
      ['-c', `safe.directory=${this.#dir}`, ...args],
      {
        cwd: this.#dir,
        env: {
          PATH: process.env.PATH,
          LC_ALL: 'C',
          GIT_DIR: this.#dir,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          ...(protocol && /^[\w=:.-]{1,64}$/.test(protocol)
            ? { GIT_PROTOCOL: protocol }
            : {}),
        },
      },
    );
    // It may end without reading what it is sent; its exit code tells why.
    child.stdin.on('error', () => undefined);
    try {
      await once(child, 'spawn');
    } catch (error) {
      if (isError(error) && error.code === 'ENOENT') {
        throw new GitHubError(
          501,
          "Git isn't installed where the Git host runs, so it can't serve clones and pushes. Install git there and try again.",
        );
      }
      throw error;
    }
    return child;
  }

  /**
   * Runs git to its end; returns what it printed.
   * @throws {Error} with what git said when it fails
   */
  async run(args: readonly string[], input = Buffer.alloc(0)): Promise<Buffer> {
    const child = await this.start(args);
    const closed = once(child, 'close');
    child.stdin.end(input);
    const [output, problem] = await Promise.all([
      buffer(child.stdout),
      text(child.stderr),
      closed,
    ]);
    if (child.exitCode !== 0) {
      throw new Error(problem.trim() || `git ${args[0]} failed`);
    }
    return output;
  }
}
