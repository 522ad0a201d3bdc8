import { execFile } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { ROOT } from '../../support/runPlatform';

const execute = promisify(execFile);
const UPSTREAM = 'https://github.com/ml-platform/ml-platform';

interface Apps {
  readonly apps: Record<string, Record<string, unknown>>;
}

/** What needs nodes to become healthy. Nothing may wait for it here. */
const NEED_NODES = new Set([
  'backstage',
  'crossplane-providers',
  'workload-storage',
]);
const LAST_WAVE = 90;

/**
 * A fork of this repository's GitOps part, in a repository that Argo CD reads. Only
 * what the repository itself brings is left in it: charts come from the internet, and
 * their pods would need nodes.
 */
export class Fork {
  readonly #folder: string;
  readonly #url: string;

  private constructor(folder: string, url: string) {
    this.#folder = folder;
    this.#url = url;
  }

  static async create(url: string): Promise<Fork> {
    const fork = new Fork(await mkdtemp(join(tmpdir(), 'fork-')), url);
    for (const part of ['gitops', 'kubernetes']) {
      await cp(join(ROOT, part), fork.path(part), { recursive: true });
    }
    await fork.#nameRepository();
    for (const cluster of ['management-cluster', 'workload-cluster']) {
      await fork.editApps(cluster, ({ apps }) => {
        for (const [name, app] of Object.entries(apps)) {
          if ('chart' in app) delete apps[name];
          if (NEED_NODES.has(name)) app.wave = LAST_WAVE;
        }
      });
    }
    await fork.git('init', '--quiet', '--initial-branch', 'main');
    return fork;
  }

  /** The fork as the tests before have left it. */
  static async clone(url: string): Promise<Fork> {
    const fork = new Fork(await mkdtemp(join(tmpdir(), 'fork-')), url);
    await fork.git('clone', '--quiet', '--branch', 'main', url, '.');
    return fork;
  }

  path(...parts: readonly string[]): string {
    return join(this.#folder, ...parts);
  }

  /** Writes a file, or several manifests into one. */
  async write(path: string, ...content: readonly (string | object)[]) {
    const text = content.map(item =>
      typeof item === 'string' ? item : stringify(item),
    );
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), text.join('---\n'));
  }

  /** Lets a project's Applications into one more namespace, beside `training`. */
  async addDestination(path: string, namespace: string): Promise<void> {
    const project = parse(await readFile(this.path(path), 'utf8')) as {
      spec: { destinations: { namespace: string }[] };
    };
    const { destinations } = project.spec;
    const model = destinations.find(item => item.namespace === 'training');
    if (model) destinations.push({ ...model, namespace });
    await this.write(path, project);
  }

  /** Writes a file again under another path, with another name in it. */
  async copy(from: string, to: string, before: string, after: string) {
    const text = await readFile(this.path(from), 'utf8');
    await this.write(to, text.replaceAll(before, after));
  }

  remove(path: string): Promise<void> {
    return rm(this.path(path), { recursive: true });
  }

  async editApps(cluster: string, edit: (apps: Apps) => void): Promise<void> {
    const file = `gitops/clusters/${cluster}/apps.yaml`;
    const apps = parse(await readFile(this.path(file), 'utf8')) as Apps;
    edit(apps);
    await this.write(file, apps);
  }

  /** Commits everything, and pushes it to `main`. */
  async push(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '-m', message);
    await this.git('push', '--quiet', '--force', this.#url, 'main');
  }

  async git(...args: readonly string[]): Promise<void> {
    const identity = [
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.com',
    ];
    await execute('git', [...identity, ...args], { cwd: this.#folder });
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  /** What gitops/README.md says that a fork does first. */
  async #nameRepository(): Promise<void> {
    const files = (
      await readdir(this.path('gitops/argocd'), { recursive: true })
    ).filter(name => name.endsWith('.yaml'));
    for (const name of files) {
      const file = this.path('gitops/argocd', name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replaceAll(UPSTREAM, this.#url));
    }
  }
}
