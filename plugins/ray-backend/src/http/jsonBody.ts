import express, { type RequestHandler } from 'express';

/** Bytes of a request's body: more than etcd takes of one object is no use. */
const LARGEST_BODY = 1024 * 1024;

function isTooLarge(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'type' in error &&
    error.type === 'entity.too.large'
  );
}

/** Reads JSON bodies, and says how large one may be. */
export function jsonBody(): RequestHandler {
  const parse = express.json({ limit: LARGEST_BODY });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      if (isTooLarge(error)) {
        error.message = `The request is larger than ${LARGEST_BODY} bytes; keep large files out of the manifest`;
      }
      next(error);
    });
}
