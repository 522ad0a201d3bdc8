import { applyObject } from '../apply/applyObject';
import {
  badRequest,
  invalidOptions,
  methodNotAllowed,
} from '../errors/statusErrors';
import { KubeObject } from '../model/KubeObject';
import { ApiContext, NamedTarget, Target } from '../verbs/ApiContext';
import { createObject } from '../verbs/createObject';
import { deleteCollection } from '../verbs/deleteCollection';
import { deleteObject, parseDeleteOptions } from '../verbs/deleteObject';
import { getObject } from '../verbs/getObject';
import { listObjects } from '../verbs/listObjects';
import { APPLY_PATCH, patchObject } from '../verbs/patchObject';
import { updateObject } from '../verbs/updateObject';
import { ApiRequest } from './ApiRequest';
import { contentType, readBody } from './readBody';
import { representation } from './representation';
import { respond, respondText } from './respond';
import { serveWatch, WatchSettings } from './serveWatch';
import { writeOptions } from './writeOptions';

/** The verbs that every resource has, over HTTP. */
export class ResourceHandler {
  readonly #context: ApiContext;
  readonly #watch: WatchSettings;

  constructor(options: {
    readonly context: ApiContext;
    readonly watch: WatchSettings;
  }) {
    this.#context = options.context;
    this.#watch = options.watch;
  }

  /** A request for the collection. */
  async collection(target: Target, api: ApiRequest): Promise<void> {
    const context = this.#context;
    const { type } = target;
    this.#checkNamespaceGiven(target, api.method);
    switch (api.method) {
      case 'GET':
        if (isWatch(api.query)) {
          serveWatch(context, this.#watch, target, api);
        } else {
          this.#list(target, api);
        }
        return;
      case 'POST': {
        const body = await readBody(api.request);
        const object = createObject(context, target, body, writeOptions(api));
        this.#answer(api, target, 201, object);
        return;
      }
      case 'DELETE': {
        if (!type.verbs.includes('deletecollection')) {
          throw methodNotAllowed();
        }
        const body = await readBody(api.request);
        respond(
          api.response,
          200,
          deleteCollection(context, target, api.query, body),
        );
        return;
      }
      default:
        throw methodNotAllowed();
    }
  }

  /** A request for one object, or for its status. */
  async object(target: NamedTarget, api: ApiRequest): Promise<void> {
    const context = this.#context;
    this.#checkNamespaceGiven(target, 'POST');
    switch (api.method) {
      case 'GET':
        if (isWatch(api.query) && !target.subresource) {
          api.query.set('fieldSelector', `metadata.name=${target.name}`);
          serveWatch(context, this.#watch, target, api);
        } else {
          this.#answer(api, target, 200, getObject(context, target));
        }
        return;
      case 'PUT': {
        const body = await readBody(api.request);
        const options = writeOptions(api);
        const object = updateObject(context, target, body, options);
        this.#answer(api, target, 200, object);
        return;
      }
      case 'PATCH': {
        const patch = await readBody(api.request);
        if (patch === undefined) {
          throw badRequest('the body of a patch must not be empty');
        }
        const options = writeOptions(api);
        if (contentType(api.request) === APPLY_PATCH) {
          this.#apply(target, api, patch);
          return;
        }
        const object = patchObject(
          context,
          target,
          contentType(api.request),
          patch,
          options,
        );
        this.#answer(api, target, 200, object);
        return;
      }
      case 'DELETE': {
        if (target.subresource) {
          throw methodNotAllowed();
        }
        const body = await readBody(api.request);
        const options = parseDeleteOptions(body, api.query);
        respond(api.response, 200, deleteObject(context, target, options));
        return;
      }
      default:
        throw methodNotAllowed();
    }
  }

  #apply(target: NamedTarget, api: ApiRequest, body: unknown): void {
    if (!api.query.get('fieldManager')) {
      throw invalidOptions(
        'fieldManager: Required value: is required for apply patch',
      );
    }
    const { object, created } = applyObject(this.#context, target, body, {
      ...writeOptions(api),
      force: api.query.get('force') === 'true',
    });
    this.#answer(api, target, created ? 201 : 200, object);
  }

  #list(target: Target, api: ApiRequest): void {
    const { type } = target;
    const page = listObjects(this.#context, target, api.query);
    const { list } = this.#representation(type, api);
    const text = list(page);
    if (api.accepted.format === 'yaml') {
      respond(api.response, 200, JSON.parse(text), api.accepted);
    } else {
      respondText(api.response, 200, text, 'application/json');
    }
  }

  #answer(
    api: ApiRequest,
    { type }: Target,
    code: number,
    object: KubeObject,
  ): void {
    const { object: represent } = this.#representation(type, api);
    respond(api.response, code, represent(object), api.accepted);
  }

  #representation(type: Target['type'], api: ApiRequest) {
    return representation(type, api.accepted, api.query, this.#context.now);
  }

  /** A namespaced object is only written inside its namespace. */
  #checkNamespaceGiven({ type, namespace }: Target, method: string): void {
    if (type.namespaced && !namespace && method !== 'GET') {
      throw methodNotAllowed();
    }
  }
}

function isWatch(query: URLSearchParams): boolean {
  return ['true', '1'].includes(query.get('watch') ?? '');
}
