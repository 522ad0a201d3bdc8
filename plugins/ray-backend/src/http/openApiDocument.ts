import {
  ERROR_MEANINGS,
  errorSchema,
  rayRoutes,
  type ErrorStatus,
  type RouteAnswer,
  type RouteContract,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';

/** Errors that a request can have by what its route takes, and any can have. */
function errorsOf(route: RouteContract): ErrorStatus[] {
  const { permission, params, query, body, atOnce, errors = [] } = route;
  const possible: readonly (ErrorStatus | false)[] = [
    Boolean(query ?? body) && 400,
    401,
    permission !== undefined && 403,
    params !== undefined && 404,
    body !== undefined && 413,
    atOnce !== undefined && 429,
    500,
    params !== undefined && 503,
    ...errors,
  ];
  const statuses = new Set(possible.filter(status => status !== false));
  return [...statuses].sort((a, b) => a - b);
}

const error = (description: string): ZodOpenApiResponseObject => ({
  description,
  content: { 'application/json': { schema: errorSchema } },
});

function componentName(meta: { readonly id?: string } | undefined): string {
  if (!meta?.id) {
    throw new Error('The schema of an event needs an id to be referred to by');
  }
  return meta.id;
}

/**
 * OpenAPI 3.1 has no words for the events of a stream, so an extension names the
 * schema of each event's data.
 */
function eventsOf({ events = {} }: RouteAnswer) {
  return Object.fromEntries(
    Object.entries(events).map(([name, schema]) => [
      name,
      { $ref: `#/components/schemas/${componentName(schema.meta())}` },
    ]),
  );
}

function answerOf(answer: RouteAnswer): ZodOpenApiResponseObject {
  const content = Object.entries(answer.content).map(([type, schema]) => [
    type,
    type === 'text/event-stream'
      ? { schema, 'x-events': eventsOf(answer) }
      : { schema },
  ]);
  return {
    description: answer.description,
    content: Object.fromEntries(content),
  };
}

function bodyOf({ body, upload }: RouteContract) {
  if (upload) {
    const schema = { type: 'string', format: 'binary' } as const;
    return { required: true, content: { [upload]: { schema } } };
  }
  return (
    body && {
      required: true,
      content: { 'application/json': { schema: body } },
    }
  );
}

function operation(
  operationId: string,
  route: RouteContract,
): ZodOpenApiOperationObject {
  const { summary, description, permission, answer } = route;
  const { params, query, headers } = route;
  return {
    operationId,
    summary,
    description,
    ...(permission ? { 'x-permission': permission.name } : {}),
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { header: headers } : {}),
    },
    requestBody: bodyOf(route),
    responses: {
      [`${answer.status}`]: answerOf(answer),
      ...Object.fromEntries(
        errorsOf(route).map(status => [
          `${status}`,
          error(ERROR_MEANINGS[status]),
        ]),
      ),
    },
  };
}

/** A client must not stumble over a field that a later version answers. */
const mayGrow: CreateDocumentOptions['override'] = ({
  jsonSchema,
  zodSchema,
}) => {
  const { def } = zodSchema._zod;
  if (def.type === 'object' && !('catchall' in def && def.catchall)) {
    delete jsonSchema.additionalProperties;
  }
};

/** The OpenAPI document of the HTTP API, made from the table of its routes. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  const routes: [string, RouteContract][] = Object.entries(rayRoutes);
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [id, route] of routes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: operation(id, route),
    };
  }
  const events = routes.flatMap(([, { answer }]) =>
    Object.values(answer.events ?? {}),
  );
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: {
      title: 'Ray',
      version: '1.0.0',
      description:
        'Training jobs of all clusters: list, logs, changes, images.',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/ray' }],
    security: [{ backstage: [] }],
    components: {
      securitySchemes: {
        backstage: { type: 'http', scheme: 'bearer' },
      },
      schemas: Object.fromEntries(
        events.map(schema => [componentName(schema.meta()), schema]),
      ),
    },
    paths,
  };
  return createDocument(document, { override: mayGrow });
}
