import type { PathHandler } from '../http/ApiRouter';

/** Clients ask for it with an `@`, which no media type may have, and parse the answer's. */
const PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
const INFO = { title: 'ml-platform embedded Kubernetes', version: 'v1.34.4' };

/**
 * OpenAPI v2 without any definition: all are in v3. kubectl asks here for kinds
 * that v3 does not have, and tells people that it does not know them only if
 * there is an answer.
 */
export const openApiV2: PathHandler = api => {
  if (api.segments.join('/') !== 'openapi/v2' || api.method !== 'GET') {
    return false;
  }
  const protobuf = api.request.headers.accept?.includes('spec.v2') === true;
  const body = protobuf
    ? toProtobuf()
    : Buffer.from(
        JSON.stringify({
          swagger: '2.0',
          info: INFO,
          paths: {},
          definitions: {},
        }),
      );
  api.response.writeHead(200, {
    'content-type': protobuf ? PROTOBUF : 'application/json',
    'content-length': body.length,
    'cache-control': 'no-cache, private',
  });
  api.response.end(body);
  return true;
};

/** As gnostic's `openapi.v2.Document`: `swagger` is its field 1, `info` its field 2. */
function toProtobuf(): Buffer {
  const info = [field(1, INFO.title), field(2, INFO.version)];
  return Buffer.concat([field(1, '2.0'), field(2, Buffer.concat(info))]);
}

/** A field that is shorter than 128 bytes. */
function field(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
}
