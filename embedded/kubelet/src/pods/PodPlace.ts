import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pod } from '@ml-platform/embedded-controller-runtime';

/** The folders of a pod on this machine. */
export class PodPlace {
  /** Everything of the pod but what has to have a short path. */
  readonly dir: string;
  /** Where its containers' logs are: `<container>/<attempt>.log`. */
  readonly logDir: string;
  readonly home: string;
  /**
   * Short: a path of a socket has at most 107 characters, of which Ray's own
   * part takes about 64.
   */
  readonly short: string;

  constructor(options: { readonly dataDir: string; readonly pod: Pod }) {
    const { namespace, name, uid } = options.pod.metadata;
    this.logDir = join(options.dataDir, 'pods', `${namespace}_${name}_${uid}`);
    this.dir = join(this.logDir, '.pod');
    this.home = join(this.dir, 'home');
    this.short = shortDir(uid);
  }

  get rayDir(): string {
    return join(this.short, 'r');
  }

  get tempDir(): string {
    return join(this.short, 't');
  }

  logFile(container: string, attempt: number): string {
    return join(this.logDir, container, `${attempt}.log`);
  }

  async make(): Promise<void> {
    for (const dir of [this.dir, this.home, this.short]) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
    }
    for (const dir of [this.rayDir, this.tempDir]) {
      await mkdir(dir, { recursive: true });
    }
  }

  /** Removes what only running containers need; logs stay. */
  async removeFiles(): Promise<void> {
    await removeTree(this.dir);
    await removeTree(this.short);
  }

  /** Removes the logs too. */
  async removeAll(): Promise<void> {
    await this.removeFiles();
    await removeTree(this.logDir);
  }
}

/** The short folder of the pod with this uid. */
export function shortDir(uid: string): string {
  return join('/tmp', `mlp-${uid.slice(0, 8)}`);
}

function removeTree(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 3 });
}
