import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeClient, kubeConfigAccess, resourcePath } from '@ml-platform/kube';
import { parse, parseAllDocuments } from 'yaml';
import { ROOT } from '../../support/runPlatform';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** Any object of the tests, with the fields that they look at. */
export interface AnyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>> & {
    readonly conditions?: readonly Condition[];
  };
}

type Kind = Pick<AnyObject, 'apiVersion' | 'kind'>;

/** The kinds here form their plurals by the same rule. */
function resourceOf({ apiVersion, kind }: Kind) {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return { group, version, kind, plural: `${kind.toLowerCase()}s` };
}

function pathOf(object: AnyObject, subresource?: string): string {
  const { namespace, name } = object.metadata;
  return resourcePath(resourceOf(object), namespace, name, subresource);
}

/** A management cluster, with the rights of whoever runs the tests. */
export class ManagementCluster {
  readonly kubeConfig = new KubeConfig();
  readonly #client: KubeClient;

  constructor() {
    const file = process.env.TEST_MANAGEMENT_KUBECONFIG;
    if (!file) {
      throw new Error(
        'TEST_MANAGEMENT_KUBECONFIG is not set; run npm run test:cluster -- --help',
      );
    }
    this.kubeConfig.loadFromFile(file);
    const context = process.env.TEST_MANAGEMENT_CONTEXT;
    if (context) this.kubeConfig.setCurrentContext(context);
    this.#client = new KubeClient({
      access: kubeConfigAccess(this.kubeConfig),
    });
  }

  /** Server-side apply, as Argo CD does it. */
  async apply(object: AnyObject): Promise<void> {
    await this.#client.json({
      method: 'PATCH',
      path: pathOf(object),
      query: { fieldManager: 'ml-platform-test', force: true },
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
  }

  /** Applies what the kustomization of a folder of the repository lists. */
  async applyFolder(folder: string): Promise<void> {
    const read = (file: string) => readFile(join(ROOT, folder, file), 'utf8');
    const { resources } = parse(await read('kustomization.yaml')) as {
      resources: string[];
    };
    for (const file of resources) {
      for (const document of parseAllDocuments(await read(file))) {
        await this.apply(document.toJS() as AnyObject);
      }
    }
  }

  /** An object as it is, or undefined where it is not there. */
  async get(object: AnyObject): Promise<AnyObject | undefined> {
    try {
      return await this.#client.json<AnyObject>({ path: pathOf(object) });
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  /** The parts of a storage of one kind. */
  async partsOf(kind: Kind, { metadata }: AnyObject): Promise<AnyObject[]> {
    const { items } = await this.#client.json<{ items: AnyObject[] }>({
      path: resourcePath(resourceOf(kind), metadata.namespace),
      query: { labelSelector: `crossplane.io/composite=${metadata.name}` },
    });
    return items.map(item => ({ ...item, ...kind }));
  }

  /** Says of a part what its provider says once Google has answered. */
  async report(
    part: AnyObject,
    condition: Condition,
    atProvider: object = {},
  ): Promise<void> {
    const lastTransitionTime = new Date().toISOString();
    const conditions = [{ reason: 'Test', lastTransitionTime, ...condition }];
    await this.#client.json({
      method: 'PATCH',
      path: pathOf(part, 'status'),
      contentType: 'application/merge-patch+json',
      body: { status: { conditions, atProvider } },
    });
  }

  async delete(object: AnyObject): Promise<void> {
    await this.#client.text({ method: 'DELETE', path: pathOf(object) });
  }

  /** The same cluster for a service account. */
  async as(namespace: string, account: string): Promise<KubeClient> {
    const { status } = await this.#client.json<{ status: { token: string } }>({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 600 },
      },
    });
    const cluster = this.kubeConfig.getCurrentCluster();
    if (!cluster) throw new Error('The kubeconfig has no current cluster');
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(cluster, {
      name: account,
      token: status.token,
    });
    return new KubeClient({ access: kubeConfigAccess(kubeConfig) });
  }
}
