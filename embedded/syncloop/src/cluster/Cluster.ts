import { NotFoundError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import {
  KubeClient,
  kubeConfigAccess,
  Resource,
  resourcePath,
  type Logger,
} from '@ml-platform/kube';
import { FIELD_MANAGER, groupOf, KubeManifest, versionOf } from '../types';
import { LiveKind } from './LiveKind';

/** A kind as the cluster serves it. */
export interface ClusterResource extends Resource {
  readonly namespaced: boolean;
}

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

export interface ClusterOptions {
  /** As in an Application's `destination.name`. */
  readonly name: string;
  readonly kubeConfig: KubeConfig;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly onChange: (object: KubeManifest) => void;
  readonly onStatus: () => void;
}

/** A cluster that Applications are applied to. */
export class Cluster {
  readonly client: KubeClient;
  readonly #kinds = new Map<string, LiveKind>();
  readonly #discovered = new Map<string, ClusterResource>();

  readonly #options: ClusterOptions;

  constructor(options: ClusterOptions) {
    this.#options = options;

    this.client = new KubeClient({
      access: kubeConfigAccess(options.kubeConfig),
    });
  }

  get name(): string {
    return this.#options.name;
  }

  /** @throws {NotFoundError} when the cluster doesn't serve the kind */
  async resource(apiVersion: string, kind: string): Promise<ClusterResource> {
    const id = `${apiVersion}/${kind}`;
    const known = this.#discovered.get(id);
    if (known) return known;
    const group = groupOf(apiVersion);
    const version = versionOf(apiVersion);
    const unknown = new NotFoundError(
      `The cluster ${this.name} has no kind ${kind} in ${apiVersion}`,
    );
    let list: ResourceList;
    try {
      list = await this.client.json<ResourceList>({
        path: group ? `/apis/${group}/${version}` : `/api/${version}`,
        signal: this.#options.signal,
      });
    } catch (error) {
      throw error instanceof NotFoundError ? unknown : error;
    }
    const found = list.resources.find(
      entry => entry.kind === kind && !entry.name.includes('/'),
    );
    if (!found) throw unknown;
    const resource = {
      group,
      version,
      kind,
      plural: found.name,
      namespaced: found.namespaced,
    };
    this.#discovered.set(id, resource);
    return resource;
  }

  /**
   * The objects of a kind.
   * @throws {ServiceUnavailableError} while the cluster doesn't answer
   */
  async live(resource: ClusterResource): Promise<LiveKind> {
    const id = `${resource.group}/${resource.kind}`;
    let kind = this.#kinds.get(id);
    if (!kind) {
      kind = new LiveKind({ ...this.#options, client: this.client, resource });
      this.#kinds.set(id, kind);
    }
    await kind.ready();
    return kind;
  }

  /** @throws {ServiceUnavailableError} while the cluster doesn't answer */
  async ready(): Promise<void> {
    await this.live(await this.resource('v1', 'Namespace'));
  }

  /** Server-side apply; errors as of KubeClient. Returns the object as it is now. */
  async apply(
    resource: ClusterResource,
    manifest: KubeManifest,
  ): Promise<KubeManifest> {
    const { namespace, name } = manifest.metadata;
    const applied = await this.client.json<KubeManifest>({
      method: 'PATCH',
      path: resourcePath(resource, namespace, name),
      query: { fieldManager: FIELD_MANAGER, force: true },
      contentType: 'application/apply-patch+yaml',
      body: manifest,
      signal: this.#options.signal,
    });
    (await this.live(resource)).put(applied);
    return applied;
  }

  /** Deletes exactly this object, not a later one of the same name. */
  async delete(resource: ClusterResource, object: KubeManifest): Promise<void> {
    const { namespace, name, uid } = object.metadata;
    try {
      await this.client.text({
        method: 'DELETE',
        path: resourcePath(resource, namespace, name),
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: 'Background',
          ...(uid ? { preconditions: { uid } } : {}),
        },
        signal: this.#options.signal,
      });
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
    if (!object.metadata.finalizers?.length) {
      (await this.live(resource)).remove(object);
    }
  }

  close(): void {
    this.client.close();
  }
}
