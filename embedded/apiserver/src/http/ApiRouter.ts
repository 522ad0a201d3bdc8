import { methodNotAllowed, noSuchResource } from '../errors/statusErrors';
import { ResourceRegistry } from '../model/ResourceRegistry';
import { ResourceType } from '../model/ResourceType';
import { ApiRequest } from './ApiRequest';
import { parseResourcePath, ResourcePath } from './parsePath';
import { ResourceHandler } from './ResourceHandler';

/** What answers a path that is not that of an object; false where it does not know it. */
export type PathHandler = (api: ApiRequest) => boolean | Promise<boolean>;

/** What answers for a subresource, for example `pods/log`. */
export type SubresourceHandler = (
  api: ApiRequest,
  target: SubresourceTarget,
) => void | Promise<void>;

export interface SubresourceTarget {
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly rest: readonly string[];
}

/** Finds who answers a request. */
export class ApiRouter {
  readonly #registry: ResourceRegistry;
  readonly #resources: ResourceHandler;
  readonly #paths: readonly PathHandler[];
  readonly #subresources: Readonly<Record<string, SubresourceHandler>>;

  constructor(options: {
    readonly registry: ResourceRegistry;
    readonly resources: ResourceHandler;
    /** Asked in order, before the resources. */
    readonly paths: readonly PathHandler[];
    /** By `<storage>/<subresource>`. */
    readonly subresources: Readonly<Record<string, SubresourceHandler>>;
  }) {
    this.#registry = options.registry;
    this.#resources = options.resources;
    this.#paths = options.paths;
    this.#subresources = options.subresources;
  }

  /** @throws {StatusError} when the request can't be answered */
  async route(api: ApiRequest): Promise<void> {
    for (const handle of this.#paths) {
      if (await handle(api)) {
        return;
      }
    }
    const path = parseResourcePath(api.segments);
    const type =
      path && this.#registry.find(path.group, path.version, path.plural);
    if (!path || !type || (path.namespace && !type.namespaced)) {
      throw noSuchResource();
    }
    await this.#resource(api, path, type);
  }

  async #resource(
    api: ApiRequest,
    path: ResourcePath,
    type: ResourceType,
  ): Promise<void> {
    const { namespace, name, subresource, rest } = path;
    if (name === undefined) {
      await this.#resources.collection({ type, namespace }, api);
      return;
    }
    const handle =
      subresource && this.#subresources[`${type.storage}/${subresource}`];
    if (handle) {
      await handle(api, { type, namespace, name, rest });
      return;
    }
    const isStatus = subresource === 'status' && type.statusSubresource;
    if (rest.length > 0 || (subresource && !isStatus)) {
      throw noSuchResource();
    }
    if (isStatus && api.method === 'POST') {
      throw methodNotAllowed();
    }
    await this.#resources.object({ type, namespace, name, subresource }, api);
  }
}
