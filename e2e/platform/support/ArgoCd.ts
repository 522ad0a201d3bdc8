import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { parse } from 'yaml';
import { ROOT } from '../../support/runPlatform';
import type { Kubectl } from './Kubectl';
import { FACTS } from './target';

export interface Application {
  readonly metadata: { readonly creationTimestamp: string };
  readonly status?: {
    readonly sync?: { readonly status: string };
    readonly health?: { readonly status: string; readonly message?: string };
    readonly conditions?: readonly {
      readonly type: string;
      readonly message: string;
    }[];
    readonly resources?: readonly { readonly kind: string }[];
    readonly operationState?: {
      readonly phase: string;
      /** Absent when a sync has just begun. */
      readonly message?: string;
      readonly finishedAt?: string;
    };
  };
}

interface Secret {
  readonly metadata: { readonly name: string };
  readonly data: Readonly<Record<string, string>>;
}

const argocd = ['--namespace', 'argocd'];

/** Argo CD, through its objects on the management cluster. */
export class ArgoCd {
  readonly #management: Kubectl;

  constructor(management: Kubectl) {
    this.#management = management;
  }

  /** Gives it the settings of gitops/argocd/values.yaml, as its chart would. */
  async configure(): Promise<void> {
    const file = join(ROOT, 'gitops/argocd/values.yaml');
    const { configs } = parse(await readFile(file, 'utf8')) as {
      configs: { cm: object };
    };
    const patch = JSON.stringify({ data: configs.cm });
    await this.#management.run([
      ...argocd,
      ...['patch', 'configmap', 'argocd-cm', '--type', 'merge', '-p', patch],
    ]);
  }

  /** Writes roles and facts onto the clusters' Secrets, as Terraform does. */
  async describeClusters(): Promise<void> {
    await this.#management.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'cluster-management-cluster',
        namespace: 'argocd',
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      stringData: {
        name: 'management-cluster',
        server: 'https://kubernetes.default.svc',
        config: '{"tlsClientConfig":{"insecure":false}}',
      },
    });
    const workload = await this.#secretOf('workload-cluster');
    await this.#describe('cluster-management-cluster', 'management');
    await this.#describe(workload, 'workload');
  }

  async #describe(secret: string, role: string): Promise<void> {
    const facts = Object.entries(FACTS).map(
      ([name, value]) => `ml-platform.dev/${name}=${value}`,
    );
    const args = [...argocd, '--overwrite', 'secret', secret];
    await this.#management.run(['annotate', ...args, ...facts]);
    await this.#management.run([
      ...['label', ...args, `ml-platform.dev/role=${role}`],
    ]);
  }

  async #secretOf(cluster: string): Promise<string> {
    const found = await this.#management.get<{ items: readonly Secret[] }>(
      ...argocd,
      ...['secrets', '-l', 'argocd.argoproj.io/secret-type=cluster'],
    );
    const name = Buffer.from(cluster).toString('base64');
    const secret = found?.items.find(({ data }) => data.name === name);
    if (!secret) throw new Error(`Argo CD knows no cluster ${cluster}`);
    return secret.metadata.name;
  }

  application(name: string): Promise<Application | undefined> {
    return this.#management.get(...argocd, 'applications.argoproj.io', name);
  }

  /** Asks Argo CD to look at git now, for each that is there. */
  async refresh(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.#management.try([
        ...['annotate', ...argocd, '--overwrite'],
        ...['applications.argoproj.io', name],
        'argocd.argoproj.io/refresh=hard',
      ]);
    }
  }

  /** Asks Argo CD to make the Applications of an ApplicationSet now. */
  async refreshSet(name: string): Promise<void> {
    await this.#management.run([
      ...['annotate', ...argocd, '--overwrite', 'applicationset', name],
      'argocd.argoproj.io/application-set-refresh=true',
    ]);
  }

  /** Waits until the Application is as wanted; says how it is when it never gets so. */
  async until(
    name: string,
    accept: (status: NonNullable<Application['status']>) => boolean,
    seconds = 120,
  ): Promise<Application> {
    let last: Application | undefined;
    await expect
      .poll(
        async () => {
          last = await this.application(name);
          return last?.status && accept(last.status)
            ? 'as wanted'
            : JSON.stringify(last?.status ?? `${name} is not there`);
        },
        { timeout: seconds * 1_000, message: name },
      )
      .toBe('as wanted');
    if (!last) throw new Error(`${name} is not there`);
    return last;
  }

  /** Waits until what git says is on the cluster, healthy or not. */
  applied(name: string): Promise<Application> {
    return this.until(
      name,
      ({ sync, operationState }) =>
        sync?.status === 'Synced' && operationState?.phase === 'Succeeded',
    );
  }

  synced(name: string, seconds?: number): Promise<Application> {
    return this.until(
      name,
      ({ sync, health }) =>
        sync?.status === 'Synced' && health?.status === 'Healthy',
      seconds,
    );
  }
}
