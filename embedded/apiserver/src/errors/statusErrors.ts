import { Status, StatusCause, StatusError } from './StatusError';

/**
 * The errors of a Kubernetes API server, with its messages
 * (k8s.io/apimachinery/pkg/api/errors).
 */

/** The part of a resource type that messages name. */
export interface GroupResource {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
}

function qualified(name: string, group: string): string {
  return group ? `${name}.${group}` : name;
}

function details(resource: GroupResource, name: string) {
  return {
    name,
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.plural,
  };
}

export function notFound(resource: GroupResource, name: string): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(resource.plural, resource.group)} "${name}" not found`,
    details: details(resource, name),
  });
}

/** The path names nothing that the server serves. */
export function noSuchResource(): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });
}

export function alreadyExists(
  resource: GroupResource,
  name: string,
): StatusError {
  return new StatusError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(resource.plural, resource.group)} "${name}" already exists`,
    details: details(resource, name),
  });
}

export function conflict(
  resource: GroupResource,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): StatusError {
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(resource.plural, resource.group)} "${name}": ${why}`,
    details: details(resource, name),
  });
}

/** Server-side apply would take fields from other managers. */
export function applyConflict(causes: readonly StatusCause[]): StatusError {
  const list = causes.map(cause => `${cause.message}: ${cause.field}`);
  const lines = [...new Set(causes.map(cause => cause.message))].map(message =>
    [
      `${message}:`,
      ...causes
        .filter(cause => cause.message === message)
        .map(cause => `- ${cause.field}`),
    ].join('\n'),
  );
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message:
      causes.length === 1
        ? `Apply failed with 1 conflict: ${list[0]}`
        : `Apply failed with ${causes.length} conflicts: ${lines.join('\n')}`,
    details: { causes },
  });
}

export function badRequest(message: string): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message });
}

export function invalid(
  resource: GroupResource,
  name: string,
  causes: readonly StatusCause[],
): StatusError {
  const lines = [
    ...new Set(
      causes.map(cause =>
        cause.field ? `${cause.field}: ${cause.message}` : cause.message,
      ),
    ),
  ];
  const what = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${qualified(resource.kind, resource.group)} "${name}" is invalid: ${what}`,
    details: {
      name,
      ...(resource.group ? { group: resource.group } : {}),
      kind: resource.kind,
      causes,
    },
  });
}

/** The options of a write do not go together. */
export function invalidOptions(message: string): StatusError {
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `PatchOptions.meta.k8s.io "" is invalid: ${message}`,
    details: { group: 'meta.k8s.io', kind: 'PatchOptions' },
  });
}

export function forbidden(
  resource: GroupResource,
  name: string,
  why: string,
  causes?: readonly StatusCause[],
): StatusError {
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${qualified(resource.plural, resource.group)} "${name}" is forbidden: ${why}`,
    details: { ...details(resource, name), causes },
  });
}

export function methodNotAllowed(): StatusError {
  return new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

export function unauthorized(): StatusError {
  return new StatusError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  return new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  });
}

export function notAcceptable(accepted: readonly string[]): StatusError {
  return new StatusError({
    code: 406,
    reason: 'NotAcceptable',
    message: `only the following media types are accepted: ${accepted.join(', ')}`,
  });
}

export function tooLarge(limitBytes: number): StatusError {
  return new StatusError({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: limit is ${limitBytes}`,
  });
}

export function expired(message: string): StatusError {
  return new StatusError({ code: 410, reason: 'Expired', message });
}

export function tooLargeResourceVersion(
  wanted: number,
  current: number,
): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}

export function serviceUnavailable(message: string): StatusError {
  return new StatusError({
    code: 503,
    reason: 'ServiceUnavailable',
    message,
  });
}

export function internalError(message: string): StatusError {
  return new StatusError({
    code: 500,
    reason: 'InternalError',
    message: `Internal error occurred: ${message}`,
    details: { causes: [{ reason: '', message }] },
  });
}

/** What a DELETE answers when the object is gone at once. */
export function deleted(
  resource: GroupResource,
  name: string,
  uid: string | undefined,
): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { ...details(resource, name), uid },
  };
}
