import { ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '@ml-platform/kube';
import { BOT, DEVELOPER, EMAIL_DOMAIN, OWNER, REPOSITORY } from '../names';

/** A branch that now points elsewhere. */
export interface Push {
  readonly branch: string;
  /** Commit before; undefined for a new branch. */
  readonly before?: string;
  readonly after: string;
}

export interface EmulateOptions {
  readonly dataDir: string;
  /** Folder of the bare git repository that follows the emulated one. */
  readonly repositoryDir: string;
  /** Address that the outside uses, for example `http://localhost:7008`. */
  readonly publicUrl: string;
  readonly logger: Logger;
  readonly onPush: (push: Push) => void;
}

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string() }),
  z.object({
    type: z.literal('push'),
    branch: z.string(),
    before: z.string().optional(),
    after: z.string(),
  }),
]);

const START_TIMEOUT_MS = 60_000;

function seed(secret: string) {
  const user = (login: string, name: string) => ({
    login,
    name,
    email: `${login}@${EMAIL_DOMAIN}`,
  });
  return {
    tokens: { [`${secret}-developer`]: { login: DEVELOPER } },
    github: {
      // emulate takes a token that it does not know for the first user's.
      users: [user(BOT, 'ml-platform'), user(DEVELOPER, 'Developer')],
      orgs: [
        {
          login: OWNER,
          name: 'ml-platform',
          members: [
            { login: BOT, role: 'admin' },
            { login: DEVELOPER, role: 'admin' },
          ],
        },
      ],
      repos: [
        {
          owner: OWNER,
          name: REPOSITORY,
          description: 'The embedded platform’s copy of this checkout',
          default_branch: 'main',
        },
      ],
    },
  };
}

/** The emulated GitHub, in a process of its own that ends with this one. */
export class EmulateProcess {
  readonly #child: ChildProcess;
  /** Loopback address; answers only requests that carry {@link secret}. */
  readonly url: string;
  readonly secret: string;

  private constructor(child: ChildProcess, url: string, secret: string) {
    this.#child = child;
    this.url = url;
    this.secret = secret;
  }

  /** @throws {Error} when the process ends or stays silent instead of starting */
  static async start(options: EmulateOptions): Promise<EmulateProcess> {
    const { dataDir, repositoryDir, publicUrl, logger, onPush } = options;
    const secret = randomBytes(24).toString('hex');
    const child = fork(require.resolve('./emulateMain.mjs'), [], {
      // Without the parent's flags: its TypeScript hooks are of no use there.
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        GITHOST_DATA_DIR: dataDir,
        GITHOST_REPOSITORY_DIR: repositoryDir,
        GITHOST_SECRET: secret,
        GITHOST_PUBLIC_URL: publicUrl,
        GITHOST_SEED: JSON.stringify(seed(secret)),
      },
    });
    child.stdout?.on('data', data => logger.debug(String(data).trimEnd()));
    child.stderr?.on('data', data => logger.warn(String(data).trimEnd()));
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error('The emulated GitHub did not start in time'));
      }, START_TIMEOUT_MS);
      child.once('error', reject);
      child.once('exit', code => {
        clearTimeout(timer);
        reject(new Error(`The emulated GitHub ended (exit code ${code})`));
      });
      child.on('message', raw => {
        const received = message.parse(raw);
        if (received.type === 'push') {
          onPush(received);
        } else {
          clearTimeout(timer);
          resolve(received.url);
        }
      });
    });
    return new EmulateProcess(child, url, secret);
  }

  /** Calls back when the process ends by itself. */
  onUnexpectedEnd(callback: (code: number | null) => void): void {
    this.#child.once('exit', code => callback(code));
  }

  async stop(): Promise<void> {
    this.#child.removeAllListeners('exit');
    if (this.#child.exitCode !== null || this.#child.signalCode !== null)
      return;
    const ended = new Promise<void>(resolve => {
      this.#child.once('exit', () => resolve());
    });
    this.#child.kill('SIGTERM');
    await ended;
  }
}
