import { type KubeClient, resourcePath } from '@ml-platform/sdk';
import type { KubeObject, NewObject } from './objects';
import type { Resource } from './resources';

/** Which objects of a kind. */
export interface ListOptions {
  readonly namespace: string;
  readonly labelSelector?: string;
}

/**
 * The few verbs of the Kubernetes API that a controller needs. Errors are those
 * of {@link KubeClient.json}.
 *
 * Objects stay as they are on the wire: the typed clients of
 * `@kubernetes/client-node` drop the fields that they do not know, which must
 * not happen to the pod templates that pass through here.
 */
export class KubeApi {
  readonly client: KubeClient;

  constructor(options: { readonly client: KubeClient }) {
    this.client = options.client;
  }

  /** Throws NotFoundError where there is no such object. */
  get<T extends KubeObject>(
    resource: Resource,
    namespace: string,
    name: string,
  ): Promise<T> {
    return this.client.json({ path: resourcePath(resource, namespace, name) });
  }

  async list<T extends KubeObject>(
    resource: Resource,
    { namespace, labelSelector }: ListOptions,
  ): Promise<readonly T[]> {
    const { items } = await this.client.json<{ readonly items: readonly T[] }>({
      path: resourcePath(resource, namespace),
      query: { labelSelector },
    });
    return items;
  }

  /** Throws ConflictError where the name is taken. */
  create<T extends KubeObject>(
    resource: Resource,
    object: NewObject,
  ): Promise<T> {
    return this.client.json({
      method: 'POST',
      path: resourcePath(resource, object.metadata.namespace),
      body: object,
    });
  }

  /**
   * Replaces the object, or its status alone. Throws ConflictError where the
   * object changed since its `resourceVersion`.
   */
  replace<T extends KubeObject>(
    resource: Resource,
    object: T,
    subresource?: 'status',
  ): Promise<T> {
    const { namespace, name } = object.metadata;
    return this.client.json({
      method: 'PUT',
      path: resourcePath(resource, namespace, name, subresource),
      body: object,
    });
  }

  /** Merges (RFC 7386) the patch into the object, or into its status alone. */
  mergePatch<T extends KubeObject>(
    resource: Resource,
    at: { readonly namespace: string; readonly name: string },
    patch: unknown,
    subresource?: 'status',
  ): Promise<T> {
    return this.client.json({
      method: 'PATCH',
      path: resourcePath(resource, at.namespace, at.name, subresource),
      contentType: 'application/merge-patch+json',
      body: patch,
    });
  }

  /** Deletes in the background, and only while the object is still this one. */
  async remove(resource: Resource, object: KubeObject): Promise<void> {
    const { namespace, name, uid } = object.metadata;
    await this.client.json({
      method: 'DELETE',
      path: resourcePath(resource, namespace, name),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
        preconditions: { uid },
      },
    });
  }
}
