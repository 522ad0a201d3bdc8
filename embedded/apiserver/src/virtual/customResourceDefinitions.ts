import { forbidden, methodNotAllowed, notFound } from '../errors/statusErrors';
import { PathHandler } from '../http/ApiRouter';
import { parseResourcePath } from '../http/parsePath';
import { readBody } from '../http/readBody';
import { representation } from '../http/representation';
import { respond, respondText } from '../http/respond';
import { asString, getPath } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { ResourceRegistry } from '../model/ResourceRegistry';
import { resourceType, ResourceType } from '../model/ResourceType';
import { publishedSchema } from '../openapi/publishedSchema';
import { schemaOf } from '../schemas/schemaOf';
import { StoredObject } from '../store/StoredObject';

/** CRDs are built in: they can be read, and creating one that is there is fine. */
export const CRD_RESOURCE: ResourceType = resourceType({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
  shortNames: ['crd', 'crds'],
  verbs: ['create', 'get', 'list', 'patch', 'update'],
});

export function customResourceDefinitions(options: {
  readonly registry: ResourceRegistry;
  /** When the server started, as a Kubernetes timestamp. */
  readonly since: string;
  readonly now: () => number;
}): PathHandler {
  const definitions = options.registry.types
    .filter(type => type.custom)
    .map(type => definitionOf(type, options.since));
  return async api => {
    const path = parseResourcePath(api.segments);
    if (
      path?.group !== CRD_RESOURCE.group ||
      path.plural !== CRD_RESOURCE.plural
    ) {
      return false;
    }
    const represent = representation(
      CRD_RESOURCE,
      api.accepted,
      api.query,
      options.now,
    );
    if (api.method === 'GET' && !path.name) {
      const items = definitions.map(toStored);
      respondText(
        api.response,
        200,
        represent.list({ metadata: { resourceVersion: '1' }, items }),
        'application/json',
      );
      return true;
    }
    if (api.method === 'DELETE') {
      throw methodNotAllowed();
    }
    const body = api.method === 'GET' ? undefined : await readBody(api.request);
    const name = path.name ?? asString(getPath(body, 'metadata.name')) ?? '';
    const found = definitions.find(one => one.metadata.name === name);
    if (!found) {
      throw api.method === 'POST'
        ? forbidden(
            CRD_RESOURCE,
            name,
            'the embedded API server serves the kinds that are built into it, and no others',
          )
        : notFound(CRD_RESOURCE, name);
    }
    respond(
      api.response,
      api.method === 'POST' ? 201 : 200,
      represent.object(found),
      api.accepted,
    );
    return true;
  };
}

function toStored(object: KubeObject): StoredObject {
  return new StoredObject({
    key: object.metadata.name,
    object,
    version: 1,
    writtenAt: 0,
  });
}

function definitionOf(type: ResourceType, since: string): KubeObject {
  const { group, version, kind, plural, singular } = type;
  const condition = (name: string, reason: string) => ({
    type: name,
    status: 'True',
    reason,
    lastTransitionTime: since,
    message: '',
  });
  const names = {
    plural,
    singular,
    kind,
    listKind: `${kind}List`,
    shortNames: [...type.shortNames],
    categories: [...type.categories],
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      uid: `builtin-${plural}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: since,
    },
    spec: {
      group,
      names,
      scope: type.namespaced ? 'Namespaced' : 'Cluster',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: publishedSchema(schemaOf(type)) },
          ...(type.statusSubresource ? { subresources: { status: {} } } : {}),
        },
      ],
    },
    status: {
      acceptedNames: names,
      conditions: [
        condition('NamesAccepted', 'NoConflicts'),
        condition('Established', 'InitialNamesAccepted'),
      ],
      storedVersions: [version],
    },
  };
}
