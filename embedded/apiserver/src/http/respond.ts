import { ServerResponse } from 'node:http';
import { writeYaml } from '@ml-platform/rayjob';
import { Accepted } from './accept';

/** Answers with an object. */
export function respond(
  response: ServerResponse,
  code: number,
  body: unknown,
  accepted?: Accepted,
): void {
  if (accepted?.format === 'yaml') {
    respondText(response, code, writeYaml(body), 'application/yaml');
  } else {
    respondText(response, code, JSON.stringify(body), 'application/json');
  }
}

/** Answers with text as it is. */
export function respondText(
  response: ServerResponse,
  code: number,
  text: string,
  contentType: string,
): void {
  response.writeHead(code, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
  });
  response.end(text);
}

/** Adds a warning that kubectl prints (RFC 7234, code 299). */
export function addWarning(response: ServerResponse, message: string): void {
  response.appendHeader(
    'warning',
    `299 - "${message.replace(/["\\]/g, '\\$&').replace(/\s+/g, ' ')}"`,
  );
}
