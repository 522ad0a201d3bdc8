import { IncomingMessage } from 'node:http';
import { isError } from '@backstage/errors';
import { readYaml } from '@ml-platform/rayjob';
import {
  badRequest,
  tooLarge,
  unsupportedMediaType,
} from '../errors/statusErrors';
import { JsonObject, JsonValue } from '../model/json';
import { decodeProtobuf, PROTOBUF } from '../protobuf/decode';

/** Kubernetes' own limit. */
const MAX_BYTES = 3 * 1024 * 1024;

const ACCEPTED = ['application/json', 'application/yaml'];

/** Media type of a request's body, without parameters. */
export function contentType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? 'application/json')
    .split(';')[0]
    .trim();
}

/**
 * The body as JSON, or undefined where it is empty.
 *
 * @throws {StatusError} when it can't be read, or is too large
 */
export async function readBody(
  request: IncomingMessage,
): Promise<JsonValue | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw tooLarge(MAX_BYTES);
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (contentType(request) === PROTOBUF && body.length > 0) {
    return parseProtobuf(body);
  }
  const text = body.toString('utf8');
  return text.trim() ? parseBody(text, contentType(request)) : undefined;
}

/** Only the kinds that kubectl creates by itself are known in this form. */
function parseProtobuf(body: Buffer): JsonValue {
  let object: JsonObject | undefined;
  try {
    object = decodeProtobuf(body);
  } catch (error) {
    throw badRequest(
      `error decoding the body of the request: ${isError(error) ? error.message : error}`,
    );
  }
  if (!object) {
    throw unsupportedMediaType(ACCEPTED);
  }
  return object;
}

function parseBody(text: string, type: string): JsonValue {
  try {
    if (type.endsWith('json')) {
      return JSON.parse(text);
    }
    if (type.endsWith('yaml')) {
      // What YAML is read as is what JSON can say.
      return readYaml(text) as JsonValue;
    }
  } catch (error) {
    throw badRequest(
      `error decoding the body of the request: ${isError(error) ? error.message : error}`,
    );
  }
  throw unsupportedMediaType(ACCEPTED);
}
