import {
  startTestApiServer,
  TestApiServer,
} from '../__testUtils__/TestApiServer';
import { decodeProtobuf } from './decode';

/** `kubectl create configmap x --from-literal=a=b`, as kubectl 1.32 sends it. */
const field = (number: number, ...parts: (string | Buffer)[]) => {
  const body = Buffer.concat(parts.map(part => Buffer.from(part)));
  return Buffer.concat([Buffer.from([number * 8 + 2, body.length]), body]);
};

const envelope = (apiVersion: string, kind: string, raw: Buffer) =>
  Buffer.concat([
    Buffer.from('k8s\0', 'latin1'),
    field(1, field(1, apiVersion), field(2, kind)),
    field(2, raw),
    field(3, ''),
    field(4, ''),
  ]);

const CONFIG_MAP = envelope(
  'v1',
  'ConfigMap',
  Buffer.concat([
    field(
      1,
      field(1, 'x'),
      field(3, ''),
      field(11, field(1, 'k'), field(2, 'v')),
    ),
    field(2, field(1, 'a'), field(2, 'b')),
    field(2, field(1, 'c'), field(2, 'd')),
    Buffer.from([4 * 8, 1]),
  ]),
);

describe('protobuf bodies', () => {
  it('are read for the kinds that kubectl creates by itself', () => {
    expect(decodeProtobuf(CONFIG_MAP)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', labels: { k: 'v' } },
      data: { a: 'b', c: 'd' },
      immutable: true,
    });
  });

  it('are base64 where they hold bytes', () => {
    const secret = envelope(
      'v1',
      'Secret',
      field(2, field(1, 'p'), field(2, 'q')),
    );
    expect(decodeProtobuf(secret)).toMatchObject({ data: { p: 'cQ==' } });
  });

  it('are not read for other kinds, nor where they are cut short', () => {
    expect(
      decodeProtobuf(envelope('apps/v1', 'Deployment', Buffer.alloc(0))),
    ).toBeUndefined();
    expect(() => decodeProtobuf(CONFIG_MAP.subarray(0, 20))).toThrow(
      RangeError,
    );
    expect(() => decodeProtobuf(Buffer.from('{}'))).toThrow(RangeError);
  });

  describe('over HTTP', () => {
    let server: TestApiServer;

    beforeAll(async () => {
      server = await startTestApiServer();
    });

    afterAll(() => server.close());

    it('create objects, and get the JSON answer for other kinds', async () => {
      const path = '/api/v1/namespaces/default/configmaps';
      const contentType = 'application/vnd.kubernetes.protobuf';
      const made = await server.request('POST', path, {
        body: CONFIG_MAP.toString('latin1'),
        contentType,
      });
      expect(made.json().data).toEqual({ a: 'b', c: 'd' });
      const refused = await server.request(
        'POST',
        '/apis/apps/v1/namespaces/default/deployments',
        {
          body: envelope('apps/v1', 'Deployment', Buffer.alloc(0)).toString(
            'latin1',
          ),
          contentType,
        },
      );
      expect(refused.json()).toMatchObject({
        code: 415,
        reason: 'UnsupportedMediaType',
      });
    });
  });
});
