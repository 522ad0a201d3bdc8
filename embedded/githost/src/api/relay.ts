import { createHash } from 'node:crypto';
import { Request, Response } from 'express';
import { Upstream } from '../emulated/Upstream';

/**
 * Answers with JSON or bytes, or with 304 where the client has them already.
 * Not Express's own check: fetch() adds `Cache-Control: no-cache` to a request
 * with If-None-Match, which Express takes for a wish to have the body again.
 */
export function sendWithETag(
  req: Request,
  res: Response,
  body: Buffer | object,
): void {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(JSON.stringify(body));
  if (!Buffer.isBuffer(body)) res.type('application/json');
  const etag = `"${createHash('sha1').update(bytes).digest('hex')}"`;
  res.set('ETag', etag);
  const known = (req.headers['if-none-match'] ?? '')
    .split(',')
    .map(tag => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag)) res.status(304).end();
  else res.end(bytes);
}

/** Where GitHub Enterprise has its API; emulate has it at the root. */
const PREFIX = /^\/api\/v3/;

export interface RelayOptions {
  readonly upstream: Upstream;
  readonly publicUrl: string;
}

/** Hands a request on to the emulated GitHub, and its answer back. */
export async function relay(
  { upstream, publicUrl }: RelayOptions,
  req: Request,
  res: Response,
): Promise<void> {
  const path = req.originalUrl.replace(PREFIX, '');
  const response = await upstream.fetch(path, {
    method: req.method,
    headers: {
      accept: req.headers.accept ?? '*/*',
      'content-type': req.headers['content-type'] ?? 'application/json',
    },
    body: requestBody(req),
  });
  res.status(response.status);
  const type = response.headers.get('content-type');
  if (type) res.type(type);
  const link = response.headers.get('link');
  if (link) {
    const prefix = publicUrl + req.originalUrl.slice(0, -path.length);
    res.set('Link', link.replace(/<https?:\/\/[^/>]+/g, `<${prefix}`));
  }
  const body = Buffer.from(await response.arrayBuffer());
  if (req.method === 'GET' && response.ok) sendWithETag(req, res, body);
  else res.end(body);
}

/** The body as it came; `{}` where GitHub takes none and emulate wants one. */
function requestBody(
  req: Request,
): Uint8Array<ArrayBuffer> | string | undefined {
  if (req.method === 'GET' || req.method === 'HEAD') return undefined;
  if (Buffer.isBuffer(req.body) && req.body.length > 0) {
    return new Uint8Array(req.body);
  }
  return '{}';
}
