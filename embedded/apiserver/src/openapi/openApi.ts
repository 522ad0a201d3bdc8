import { noSuchResource } from '../errors/statusErrors';
import { PathHandler } from '../http/ApiRouter';
import { respondText } from '../http/respond';
import { JsonObject } from '../model/json';
import { ResourceRegistry } from '../model/ResourceRegistry';
import { apiVersionOf, ResourceType } from '../model/ResourceType';
import { schemaOf } from '../schemas/schemaOf';
import { publishedSchema } from './publishedSchema';

/**
 * OpenAPI v3, as much as kubectl needs: `explain`, and to see that the server
 * validates fields itself.
 */
export function openApi(options: {
  readonly registry: ResourceRegistry;
}): PathHandler {
  const { registry } = options;
  const texts = new Map<string, string>();
  const text = (key: string, make: () => object) => {
    const known = texts.get(key) ?? JSON.stringify(make());
    texts.set(key, known);
    return known;
  };
  return api => {
    const [root, version, ...rest] = api.segments;
    if (root !== 'openapi' || version !== 'v3' || api.method !== 'GET') {
      return false;
    }
    const path = rest.filter(Boolean).join('/');
    const types = registry.types.filter(type => pathOf(type) === path);
    if (path && types.length === 0) {
      throw noSuchResource();
    }
    const answer = path
      ? text(path, () => document(types))
      : text('', () => index(registry));
    respondText(api.response, 200, answer, 'application/json');
    return true;
  };
}

/** For example `api/v1` or `apis/ray.io/v1`. */
function pathOf(type: ResourceType): string {
  return `${type.group ? 'apis' : 'api'}/${apiVersionOf(type)}`;
}

function index(registry: ResourceRegistry): object {
  const paths = [...new Set(registry.types.map(pathOf))];
  return {
    paths: Object.fromEntries(
      paths.map(path => [path, { serverRelativeURL: `/openapi/v3/${path}` }]),
    ),
  };
}

function document(types: readonly ResourceType[]): object {
  return {
    openapi: '3.0.0',
    info: { title: 'ml-platform embedded Kubernetes', version: 'v1.34.4' },
    paths: Object.assign({}, ...types.map(pathsOf)),
    components: {
      schemas: Object.fromEntries(
        types.map(type => [componentName(type), componentOf(type)]),
      ),
    },
  };
}

function componentName({ group, version, kind }: ResourceType): string {
  const reversed = (group || 'core.k8s.io').split('.').reverse().join('.');
  return `${reversed}.${version}.${kind}`;
}

function kindOf({ group, version, kind }: ResourceType) {
  return { group, version, kind };
}

function componentOf(type: ResourceType): JsonObject {
  return {
    ...publishedSchema(schemaOf(type)),
    'x-kubernetes-group-version-kind': [kindOf(type)],
  };
}

const WRITE_PARAMETERS = [
  'dryRun',
  'fieldManager',
  'fieldValidation',
  'pretty',
].map(name => ({ name, in: 'query', schema: { type: 'string' } }));

function pathsOf(type: ResourceType): object {
  const scope = type.namespaced ? 'namespaces/{namespace}/' : '';
  const collection = `/${pathOf(type)}/${scope}${type.plural}`;
  const operation = (action: string, write: boolean) => ({
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kindOf(type),
    ...(write ? { parameters: WRITE_PARAMETERS } : {}),
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': {
            schema: { $ref: `#/components/schemas/${componentName(type)}` },
          },
        },
      },
    },
  });
  return {
    [collection]: {
      get: operation('list', false),
      post: operation('post', true),
    },
    [`${collection}/{name}`]: {
      get: operation('get', false),
      put: operation('put', true),
      patch: operation('patch', true),
    },
  };
}
