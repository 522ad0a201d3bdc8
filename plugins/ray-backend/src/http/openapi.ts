const job = ['cluster', 'namespace', 'name'];
const filters = [
  'cluster',
  'namespace',
  'state',
  'workload',
  'owner',
  'q',
  'sort',
  'limit',
  'cursor',
];
const logs = [
  'source',
  'uid',
  'follow',
  'tail',
  'cursor',
  'previous',
  'timestamps',
];

interface Operation {
  readonly summary: string;
  readonly path?: readonly string[];
  readonly query?: readonly string[];
  readonly body?: boolean;
  readonly type?: string;
  readonly success?: number;
}

function operation(id: string, spec: Operation) {
  const { summary, path = [], query = [], body, type, success = 200 } = spec;
  const parameter = (place: 'path' | 'query') => (name: string) => ({
    name,
    in: place,
    required: place === 'path',
    schema: { type: 'string' },
  });
  return {
    operationId: id,
    summary,
    parameters: [
      ...path.map(parameter('path')),
      ...query.map(parameter('query')),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { type: 'object' } } },
          },
        }
      : {}),
    responses: {
      [success]: {
        description: 'Done',
        content: {
          [type ?? 'application/json']: {
            schema: { type: type ? 'string' : 'object' },
          },
        },
      },
      default: {
        description: "An error in Backstage's form",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
  };
}

const JOB = '/jobs/{cluster}/{namespace}/{name}';

/** The routes of this plugin, served at `/openapi.json`. */
export const openApiDocument = {
  openapi: '3.0.3',
  info: {
    title: 'Ray',
    version: '1',
    description: 'RayJobs of all clusters: live list, logs, changes.',
  },
  servers: [{ url: '/api/ray' }],
  components: {
    securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Error: {
        type: 'object',
        properties: {
          error: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
            },
          },
        },
      },
    },
  },
  security: [{ backstage: [] }],
  paths: {
    '/openapi.json': {
      get: operation('openApi', { summary: 'This document' }),
    },
    '/clusters': {
      get: operation('clusters', { summary: 'Clusters that hold jobs' }),
    },
    '/jobs': {
      get: operation('jobs', { summary: 'A page of jobs', query: filters }),
      post: operation('submit', {
        summary: 'Create a job',
        body: true,
        success: 201,
      }),
    },
    '/jobs/stream': {
      get: operation('jobStream', {
        summary:
          'Jobs as server-sent events: snapshot, upsert, remove, clusters',
        query: filters,
        type: 'text/event-stream',
      }),
    },
    [JOB]: {
      get: operation('job', { summary: 'One job', path: job }),
      delete: operation('deleteJob', {
        summary: 'Delete a job; through a pull request when git owns it',
        path: job,
        success: 202,
      }),
    },
    [`${JOB}/pods`]: {
      get: operation('jobPods', { summary: 'Its pods', path: job }),
    },
    [`${JOB}/events`]: {
      get: operation('jobEvents', { summary: 'Its events', path: job }),
    },
    [`${JOB}/manifest`]: {
      get: operation('jobManifest', {
        summary: 'Its manifest',
        path: job,
        type: 'application/yaml',
      }),
    },
    [`${JOB}/logs`]: {
      get: operation('jobLogs', {
        summary:
          'A log: plain lines, or server-sent events when the request accepts them',
        path: job,
        query: logs,
        type: 'text/plain',
      }),
    },
    [`${JOB}/stop`]: {
      post: operation('stopJob', {
        summary: 'Stop a job; through a pull request when git owns it',
        path: job,
        success: 202,
      }),
    },
    [`${JOB}/retry`]: {
      post: operation('retryJob', {
        summary: 'Run a job again under a new name',
        path: job,
        success: 202,
      }),
    },
    '/rayclusters': {
      get: operation('rayClusters', { summary: 'Ray clusters' }),
    },
    '/rayclusters/{cluster}/{namespace}/{name}': {
      patch: operation('scaleRayCluster', {
        summary: 'Scale a worker group',
        path: job,
        body: true,
        success: 202,
      }),
    },
  },
} as const;
