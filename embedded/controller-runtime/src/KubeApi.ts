import { NotFoundError } from '@backstage/errors';
import {
  type KubeClient,
  type Resource,
  resourcePath,
} from '@ml-platform/kube';
import type { KubeObject, NewObject } from './objects';

/** Which object of a kind. */
export interface ObjectName {
  readonly namespace?: string;
  readonly name: string;
}

/**
 * The verbs that the node and its controllers need. Errors are those of
 * {@link KubeClient.json}.
 */
export class KubeApi {
  readonly client: KubeClient;

  constructor(options: { readonly client: KubeClient }) {
    this.client = options.client;
  }

  get<T>(resource: Resource, at: ObjectName): Promise<T> {
    return this.client.json({ path: pathOf(resource, at) });
  }

  /** The object, or undefined where there is none. */
  async find<T>(resource: Resource, at: ObjectName): Promise<T | undefined> {
    try {
      return await this.get<T>(resource, at);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }

  async list<T>(
    resource: Resource,
    options: {
      readonly namespace?: string;
      readonly labelSelector?: string;
      readonly fieldSelector?: string;
    } = {},
  ): Promise<readonly T[]> {
    const { namespace, ...query } = options;
    const { items } = await this.client.json<{ readonly items: readonly T[] }>({
      path: resourcePath(resource, namespace),
      query,
    });
    return items;
  }

  create<T>(resource: Resource, object: NewObject): Promise<T> {
    return this.client.json({
      method: 'POST',
      path: resourcePath(resource, object.metadata.namespace),
      body: object,
    });
  }

  /** Creates something below an object, as a pod's `binding`. */
  async createSubresource(
    resource: Resource,
    at: ObjectName,
    subresource: string,
    object: unknown,
  ): Promise<void> {
    await this.client.json({
      method: 'POST',
      path: pathOf(resource, at, subresource),
      body: object,
    });
  }

  /** Replaces the object; ConflictError where it changed meanwhile. */
  replace<T extends KubeObject>(
    resource: Resource,
    object: T,
    subresource?: 'status',
  ): Promise<T> {
    return this.client.json({
      method: 'PUT',
      path: pathOf(resource, object.metadata, subresource),
      body: object,
    });
  }

  /** Merges (RFC 7386) into the object, or into its status alone. */
  patch<T>(
    resource: Resource,
    at: ObjectName,
    patch: unknown,
    subresource?: 'status',
  ): Promise<T> {
    return this.client.json({
      method: 'PATCH',
      path: pathOf(resource, at, subresource),
      contentType: 'application/merge-patch+json',
      body: patch,
    });
  }

  /** Deletes the object if it is still this one; no error where it is gone. */
  async remove(
    resource: Resource,
    object: KubeObject,
    options: {
      readonly gracePeriodSeconds?: number;
      readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
    } = {},
  ): Promise<void> {
    try {
      await this.client.json({
        method: 'DELETE',
        path: pathOf(resource, object.metadata),
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          preconditions: { uid: object.metadata.uid },
          ...options,
        },
      });
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
    }
  }
}

function pathOf(
  resource: Resource,
  at: ObjectName,
  subresource?: string,
): string {
  return resourcePath(resource, at.namespace, at.name, subresource);
}
