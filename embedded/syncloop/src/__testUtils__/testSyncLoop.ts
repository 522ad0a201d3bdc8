import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  startTestApiServer,
  TestApiServer,
} from '@ml-platform/embedded-apiserver/testUtils';
import {
  connect,
  JOBS,
  repo,
  startTestGitHost,
  TEST_TOKEN,
  TestGitHost,
} from '@ml-platform/embedded-githost/testUtils';
import type { Logger } from '@ml-platform/kube';
import { Application } from '../application/Application';
import { startSyncLoop, SyncLoop } from '../startSyncLoop';
import { REFRESH } from '../types';

const ROOT = join(__dirname, '../../../..');

export const RAYJOBS = '/apis/ray.io/v1/namespaces/training/rayjobs';
export const APPS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

const silent = () => undefined;
const logger: Logger = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
};

/** The repository's own GitOps files that the sync loop starts from. */
const FILES = [
  'gitops/argocd/root.yaml',
  'gitops/argocd/apps/platform.yaml',
  'gitops/argocd/apps/projects/namespaces.yaml',
  'gitops/argocd/apps/workload-cluster-namespaces.yaml',
  'gitops/argocd/apps/workload-cluster-jobs.yaml',
  'gitops/clusters/workload-cluster/namespaces/training.yaml',
  'gitops/clusters/workload-cluster/namespaces/training/kustomization.yaml',
  `${JOBS}/README.md`,
  `${JOBS}/training/README.md`,
];

/** What tests read of a RayJob. */
export interface TestRayJob {
  readonly metadata: {
    readonly uid: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly managedFields: readonly { manager: string; operation: string }[];
  };
  readonly spec: { readonly entrypoint: string; readonly suspend?: boolean };
}

/** Resolves to the first answer that is not undefined; fails after 25 s. */
export async function eventually<T>(
  what: string,
  read: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + 25_000;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Not within 25 s: ${what}`);
    await delay(20);
  }
}

/** A sync loop between a git host and two API servers, all of them real. */
export class SyncLoopHarness {
  #abort = new AbortController();
  #running: SyncLoop | undefined;

  readonly git: TestGitHost;
  readonly management: TestApiServer;
  /** Tests stop it and put another in its place. */
  workload: TestApiServer;

  private constructor(servers: {
    readonly git: TestGitHost;
    readonly management: TestApiServer;
    readonly workload: TestApiServer;
  }) {
    this.git = servers.git;
    this.management = servers.management;
    this.workload = servers.workload;
  }

  static async start(): Promise<SyncLoopHarness> {
    const files = await Promise.all(
      FILES.map(async path => [path, await readFile(join(ROOT, path), 'utf8')]),
    );
    const harness = new SyncLoopHarness({
      git: await startTestGitHost(Object.fromEntries(files)),
      management: await startTestApiServer(),
      workload: await startTestApiServer(),
    });
    harness.startLoop();
    return harness;
  }

  /** Polls so seldom that only the git host's pushes wake it. */
  startLoop(installation?: string): void {
    this.#abort = new AbortController();
    this.#running = startSyncLoop({
      kubeConfig: this.management.kubeConfig,
      clusters: { 'workload-cluster': this.workload.kubeConfig },
      gitHost: this.git.host,
      token: TEST_TOKEN,
      pollSeconds: 300,
      installation,
      logger,
      signal: this.#abort.signal,
    });
  }

  async stopLoop(): Promise<void> {
    this.#abort.abort();
    await this.#running?.done;
  }

  async close(): Promise<void> {
    await this.stopLoop();
    await this.git.close();
    await this.management.close();
    await this.workload.close();
  }

  async read<T>(server: TestApiServer, path: string): Promise<T | undefined> {
    const { status, text } = await server.request('GET', path);
    return status === 200 ? (JSON.parse(text) as T) : undefined;
  }

  /** Waits until the Application is as wanted. */
  application(
    name: string,
    accept: (application: Application) => boolean,
  ): Promise<Application> {
    return eventually(`Application ${name}`, async () => {
      const path = `${APPS}/${name}`;
      const found = await this.read<Application>(this.management, path);
      return found && accept(found) ? found : undefined;
    });
  }

  /** Asks for a look at the Application, and waits until it is done. */
  async refreshed(name: string): Promise<Application> {
    await this.management.request('PATCH', `${APPS}/${name}`, {
      contentType: 'application/merge-patch+json',
      body: { metadata: { annotations: { [REFRESH]: 'normal' } } },
    });
    return this.application(
      name,
      ({ metadata }) => !metadata.annotations?.[REFRESH],
    );
  }

  /** Waits until the RayJob is there, and as wanted. */
  rayJob(
    name: string,
    accept: (found: TestRayJob) => boolean = () => true,
  ): Promise<TestRayJob> {
    return eventually(`RayJob ${name}`, async () => {
      const path = `${RAYJOBS}/${name}`;
      const found = await this.read<TestRayJob>(this.workload, path);
      return found && accept(found) ? found : undefined;
    });
  }

  gone(name: string): Promise<true> {
    return eventually(`${name} gone`, async () => {
      const path = `${RAYJOBS}/${name}`;
      const { status } = await this.workload.request('GET', path);
      return status === 404 ? true : undefined;
    });
  }

  /** Commits one file of the jobs' namespace to main, or its removal. */
  commitJob(
    file: string,
    content: string | null,
    namespace = 'training',
  ): Promise<string> {
    return this.commit(`${JOBS}/${namespace}/${file}`, content);
  }

  /** Commits one file to main, or its removal. */
  async commit(path: string, content: string | null): Promise<string> {
    const api = connect(this.git);
    const { data: main } = await api.git.getRef({ ...repo, ref: 'heads/main' });
    const entry = {
      path,
      mode: '100644' as const,
      type: 'blob' as const,
    };
    const { data: tree } = await api.git.createTree({
      ...repo,
      base_tree: main.object.sha,
      tree: [
        content === null ? { ...entry, sha: null } : { ...entry, content },
      ],
    });
    const { data } = await api.git.createCommit({
      ...repo,
      message: `Change ${path}`,
      tree: tree.sha,
      parents: [main.object.sha],
    });
    await api.git.updateRef({ ...repo, ref: 'heads/main', sha: data.sha });
    return data.sha;
  }
}

/** The manifest of a small RayJob. */
export function jobManifest(name: string, namespace = 'training'): string {
  return `apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  entrypoint: python train.py
  shutdownAfterJobFinishes: true
  rayClusterSpec:
    headGroupSpec:
      rayStartParams: {}
      template:
        spec:
          containers:
            - name: ray-head
              image: localhost:7009/hello-ray:1.0.0
`;
}
