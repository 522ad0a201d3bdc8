import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import {
  KubeClient,
  kubeConfigAccess,
  PODS,
  resourcePath,
  type Resource,
} from '@ml-platform/kube';
import { RAYCLUSTERS, RAYJOBS } from '@ml-platform/rayjob';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../../support/runPlatform';
import type { Target } from './target';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Kinds of kubernetes/rbac, which live in no namespace unless it says so. */
const PLURALS: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  ServiceAccount: 'serviceaccounts',
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  Role: 'roles',
  RoleBinding: 'rolebindings',
  NetworkPolicy: 'networkpolicies',
  ResourceQuota: 'resourcequotas',
  Secret: 'secrets',
};
const NAMESPACED = new Set([
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'ResourceQuota',
  'Secret',
]);

export interface AdminPod {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly status?: { readonly phase?: string };
}

/** What whoever runs the tests does to the cluster, beside the portal. */
export class Admin {
  readonly kubeConfig = new KubeConfig();
  readonly #client: KubeClient;

  constructor({ kubeconfig, context }: Pick<Target, 'kubeconfig' | 'context'>) {
    this.kubeConfig.loadFromFile(kubeconfig);
    if (context) this.kubeConfig.setCurrentContext(context);
    this.#client = new KubeClient({
      access: kubeConfigAccess(this.kubeConfig),
    });
  }

  /** Address and certificate authority of the cluster, as a kubeconfig has them. */
  cluster(): object {
    return this.#exported().clusters[0].cluster;
  }

  /** Credentials of whoever runs the tests, as a kubeconfig has them. */
  user(): object {
    return this.#exported().users[0].user;
  }

  /** Applies the manifests of a folder of the checkout, as kustomize with a namespace. */
  async applyFolder(folder: string, namespace?: string): Promise<void> {
    const path = join(ROOT, folder);
    const manifests: Manifest[] = [];
    for (const file of await readdir(path)) {
      if (file === 'kustomization.yaml') continue;
      const text = await readFile(join(path, file), 'utf8');
      for (const document of parseAllDocuments(text)) {
        manifests.push(document.toJS() as Manifest);
      }
    }
    // A namespace comes before what is in it.
    const inNamespace = manifests.filter(({ kind }) => kind !== 'Namespace');
    const namespaces = manifests.filter(({ kind }) => kind === 'Namespace');
    for (const manifest of [...namespaces, ...inNamespace]) {
      await this.apply(manifest, namespace);
    }
  }

  async apply(manifest: Manifest, into?: string): Promise<void> {
    const { apiVersion, kind, metadata } = manifest;
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    const plural = PLURALS[kind];
    if (!plural) throw new Error(`Don't know where to apply a ${kind}`);
    const namespace = NAMESPACED.has(kind)
      ? (metadata.namespace ?? into)
      : undefined;
    const name = kind === 'Namespace' && into ? into : metadata.name;
    await this.#client.json({
      method: 'PATCH',
      path: resourcePath({ group, version, kind, plural }, namespace, name),
      query: { fieldManager: 'ml-platform-test', force: true },
      contentType: 'application/apply-patch+yaml',
      body: { ...manifest, metadata: { ...metadata, name, namespace } },
    });
  }

  /** A token of a service account, for two hours. */
  async token(account: string, namespace = 'ml-platform'): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
    const { status } = await this.#client.json<{ status: { token: string } }>({
      method: 'POST',
      path,
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 7_200 },
      },
    });
    return status.token;
  }

  /** Removes what an earlier run has left, and waits until it is gone. */
  async clear(namespace: string): Promise<void> {
    for (const resource of [RAYJOBS, RAYCLUSTERS]) {
      await this.#client.text({
        method: 'DELETE',
        path: resourcePath(resource, namespace),
        query: { propagationPolicy: 'Background' },
      });
    }
    const deadline = Date.now() + 120_000;
    while ((await this.#left(namespace)) > 0) {
      if (Date.now() > deadline) {
        throw new Error(
          `The jobs and pods of ${namespace} did not go in time; does a controller run there?`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 1_000));
    }
  }

  #exported(): {
    readonly clusters: readonly { readonly cluster: object }[];
    readonly users: readonly { readonly user: object }[];
  } {
    const cluster = this.kubeConfig.getCurrentCluster();
    const user = this.kubeConfig.getCurrentUser();
    const one = new KubeConfig();
    if (cluster && user) one.loadFromClusterAndUser(cluster, user);
    return JSON.parse(one.exportConfig());
  }

  async #left(namespace: string): Promise<number> {
    const lists = await Promise.all(
      [RAYJOBS, RAYCLUSTERS, PODS].map(resource =>
        this.#client.json<{ items: readonly unknown[] }>({
          path: resourcePath(resource, namespace),
        }),
      ),
    );
    return lists.reduce((sum, { items }) => sum + items.length, 0);
  }

  async create(resource: Resource, object: object): Promise<void> {
    const { metadata } = object as Manifest;
    await this.#client.json({
      method: 'POST',
      path: resourcePath(resource, metadata.namespace),
      body: object,
    });
  }

  async pods(
    namespace: string,
    labelSelector?: string,
  ): Promise<readonly AdminPod[]> {
    const { items } = await this.#client.json<{ items: readonly AdminPod[] }>({
      path: resourcePath(PODS, namespace),
      query: { labelSelector },
    });
    return items;
  }

  /** The first line that the node has of a container's log. */
  async firstLogLine(
    namespace: string,
    pod: string,
    container: string,
  ): Promise<string> {
    const text = await this.#client.text({
      path: resourcePath(PODS, namespace, pod, 'log'),
      query: { container, limitBytes: 1_000 },
    });
    return text.split('\n', 1)[0];
  }

  async deletePod(namespace: string, name: string): Promise<void> {
    await this.#client.text({
      method: 'DELETE',
      path: resourcePath(PODS, namespace, name),
      query: { gracePeriodSeconds: 0 },
    });
  }

  /** An object, or undefined where it is not there. */
  async get<T>(
    resource: Resource,
    namespace: string,
    name: string,
  ): Promise<T | undefined> {
    try {
      return await this.#client.json<T>({
        path: resourcePath(resource, namespace, name),
      });
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}
