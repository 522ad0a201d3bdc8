import type { ServerResponse } from 'node:http';
import { CRC32C } from '@google-cloud/storage';

export interface StoredObject {
  readonly data: Buffer;
  readonly contentType: string;
  readonly generation: number;
}

/** The checksum as the service writes it. */
export function crc32c(data: Buffer): string {
  const sum = new CRC32C();
  sum.update(data);
  return sum.toString();
}

/** Answers in JSON. */
export function json(
  response: ServerResponse,
  code: number,
  body: object,
): void {
  response
    .writeHead(code, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}

/** Answers with an error as the service writes it. */
export function refuse(response: ServerResponse, code: number): void {
  json(response, code, { error: { code, message: `fault ${code}` } });
}

/** What the service says of an object. */
export function objectMetadata(
  bucket: string,
  name: string,
  object: StoredObject | undefined,
): object {
  return {
    kind: 'storage#object',
    name,
    bucket,
    size: String(object?.data.length),
    generation: String(object?.generation),
    contentType: object?.contentType,
    crc32c: object && crc32c(object.data),
  };
}
