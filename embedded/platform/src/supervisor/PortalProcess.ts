import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openLogFile } from './fileLogger';
import { describeEnd, type PortalEnd } from './portalEnd';
import type { RunningPortal } from './PortalKeeper';

export interface PortalOptions {
  readonly root: string;
  readonly logsDir: string;
  readonly overlayFile: string;
  /** Where the portal answers when it is ready. */
  readonly url: string;
  readonly readinessUrl: string;
  readonly dev: boolean;
  /** Folders that come first on the portal's PATH. */
  readonly path: readonly string[];
}

const POLL_MS = 200;
const STOP_GRACE_MS = 8_000;

/** The portal's own process: the Backstage backend, which serves the pages too. */
export class PortalProcess implements RunningPortal {
  /** Resolves when the process ends, for whatever reason. */
  readonly ended: Promise<PortalEnd>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly options: PortalOptions,
  ) {
    this.ended = new Promise(resolve => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  static start(options: PortalOptions): PortalProcess {
    const configs = [
      '--config',
      join(options.root, 'app-config.yaml'),
      '--config',
      options.overlayFile,
    ];
    const args = options.dev
      ? [
          join(options.root, 'node_modules/@backstage/cli/bin/backstage-cli'),
          'repo',
          'start',
          ...configs,
        ]
      : [
          '--enable-source-maps',
          '--require',
          join(
            options.root,
            'node_modules/@backstage/cli/config/nodeTransform.cjs',
          ),
          '--require',
          join(
            options.root,
            'embedded/platform/src/supervisor/endWithParent.ts',
          ),
          join(options.root, 'packages/backend/src/index.ts'),
          ...configs,
        ];
    const child = spawn(process.execPath, args, {
      cwd: options.dev ? options.root : join(options.root, 'packages/backend'),
      // Its own process group, so that a Ctrl-C reaches it in our order, after the jobs.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        PATH: [...options.path, process.env.PATH].join(':'),
        // Guests may sign in to a development portal only.
        NODE_ENV: 'development',
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
      },
    });
    const log = openLogFile(options.logsDir, 'portal');
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    return new PortalProcess(child, options);
  }

  /** Resolves when the portal answers; rejects when it ends or stays silent. */
  async ready(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let end: PortalEnd | undefined;
    void this.ended.then(how => {
      end = how;
    });
    while (Date.now() < deadline) {
      if (end) {
        throw new Error(
          `The portal ${describeEnd(end)} while starting. Its log: ${join(this.options.logsDir, 'portal.log')}`,
        );
      }
      if (await this.answers()) return;
      await delay(POLL_MS);
    }
    throw new Error(
      `The portal did not answer within ${timeoutMs / 1000} s. Its log: ${join(this.options.logsDir, 'portal.log')}`,
    );
  }

  async stop(): Promise<void> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), STOP_GRACE_MS);
    await this.ended;
    clearTimeout(timer);
    // What the group's leader may have left behind.
    this.signal('SIGKILL');
  }

  private async answers(): Promise<boolean> {
    const statuses = await Promise.all(
      [this.options.readinessUrl, this.options.url].map(url =>
        fetch(url).then(
          response => response.ok,
          () => false,
        ),
      ),
    );
    return statuses.every(Boolean);
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // The group has ended already.
    }
  }
}
