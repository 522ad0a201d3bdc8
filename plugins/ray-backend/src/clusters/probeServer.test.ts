import { KubeClient } from '@ml-platform/kube';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { probeServer } from './probeServer';

describe('probeServer', () => {
  let api: FakeKubeApi;
  let stop: AbortController;
  let versions: (string | undefined)[];
  let errors: string[];
  let done: Promise<void>;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    stop = new AbortController();
    versions = [];
    errors = [];
  });

  afterEach(async () => {
    stop.abort();
    await done;
    await api.close();
  });

  function probe(timeoutMs?: number) {
    done = probeServer(
      {
        client: new KubeClient({ access: api.access(), timeoutMs }),
        onVersion: version => versions.push(version),
        onError: error => errors.push(error),
        everyMs: 10,
        backoff: { min: 5, max: 10 },
      },
      stop.signal,
    );
  }

  it('tells the version, also after an upgrade', async () => {
    probe();
    await until(() => versions.includes('v1.34.0'));
    api.answer = path =>
      path === '/version'
        ? { code: 200, body: { gitVersion: 'v1.35.0' } }
        : undefined;
    await until(() => versions.includes('v1.35.0'));
    expect(errors).toEqual([]);
  });

  it('tells of credentials that were revoked, of a server that hangs, and that it is over', async () => {
    probe(300);
    await until(() => versions.length > 0);
    api.fault = { type: 'status', code: 401, message: 'Unauthorized' };
    await until(() => errors.some(error => error.includes('credentials')));
    api.fault = { type: 'hang' };
    await until(() => errors.some(error => error.includes('did not answer')));
    api.fault = undefined;
    versions.length = 0;
    await until(() => versions.length > 0);
    expect(versions[0]).toBe('v1.34.0');
  });

  it('takes a version that is not for everybody for an answer', async () => {
    api.fault = { type: 'status', code: 403, message: 'forbidden' };
    probe();
    await until(() => versions.length > 0);
    expect(versions[0]).toBeUndefined();
    expect(errors).toEqual([]);
  });
});
