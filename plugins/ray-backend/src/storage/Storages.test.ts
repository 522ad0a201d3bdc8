import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { readJobClusters, type JobCluster } from '@ml-platform/sdk';
import {
  WORKLOAD_STORAGE_KIND,
  WORKLOAD_STORAGES,
} from '@ml-platform/workload-storage';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { ManagementCluster } from '../management/ManagementCluster';
import { Storages } from './Storages';

const RESOURCE = { ...WORKLOAD_STORAGES, kind: WORKLOAD_STORAGE_KIND };
const REF = { namespace: 'training', name: 'galaxies' };

const storage = (...conditions: object[]) => ({
  metadata: REF,
  spec: { storageClass: 'STANDARD' },
  status: { bucket: 'b', conditions },
});
const READY = { type: 'Ready', status: 'True' };

/** The clusters as a configuration lists them, and then others. */
class Directory {
  entries: readonly JobCluster[] = [];
  #listener = () => {};

  list(...clusters: readonly { name: string; url: string }[]) {
    this.entries = readJobClusters(
      new ConfigReader({ kubernetes: kubernetesConfig(clusters) }),
    );
    this.#listener();
  }

  subscribe(listener: () => void) {
    this.#listener = listener;
    return () => {};
  }
}

describe('Storages', () => {
  let api: FakeKubeApi;
  let directory: Directory;
  let management: ManagementCluster;
  let storages: Storages;
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    directory = new Directory();
    stop = new AbortController();
    const logger = mockServices.logger.mock();
    management = new ManagementCluster({
      name: 'management',
      directory,
      logger,
      backoff: { min: 5, max: 20 },
    });
    storages = new Storages({ management, logger });
  });

  afterEach(async () => {
    stop.abort();
    await running;
    await api.close();
  });

  function start() {
    directory.list({ name: 'management', url: api.url });
    running = management.run(stop.signal);
  }
  const stateIs = (state: string) =>
    until(() => storages.get(REF).state === state);

  it('follows a storage from its creation to its end, with one watch', async () => {
    start();
    expect(storages.get(REF).message).toContain('are being read');
    await stateIs('missing');
    expect(storages.get(REF).message).toContain('is merged');
    api.put(RESOURCE, storage());
    await stateIs('waiting');
    api.put(RESOURCE, storage(READY));
    await stateIs('ready');
    expect(storages.get(REF)).toMatchObject({ ...REF, bucket: 'b' });
    api.collection(RESOURCE).delete('training/galaxies');
    await stateIs('missing');
    const asked = api.requests.filter(line =>
      line.includes('workloadstorages'),
    );
    expect(asked).toHaveLength(1);
  });

  it('wakes those who wait for a change', async () => {
    start();
    await stateIs('missing');
    const waited = storages.waitFor(60_000, stop.signal);
    api.put(RESOURCE, storage());
    await waited;
    expect(storages.get(REF).state).toBe('waiting');
  });

  it('says why it knows nothing, and recovers', async () => {
    api.put(RESOURCE, storage(READY));
    api.fault = { type: 'status', code: 403, message: 'not yours' };
    start();
    await until(
      () => storages.get(REF).message?.includes('not yours') ?? false,
    );
    expect(storages.get(REF).state).toBe('unknown');
    api.fault = undefined;
    await stateIs('ready');
  });

  it('says that Crossplane does not know the kind', async () => {
    api.answer = path =>
      path.includes('workloadstorages')
        ? { code: 404, body: { kind: 'Status', message: 'page not found' } }
        : undefined;
    start();
    await until(() => !storages.get(REF).message?.includes('being read'));
    expect(storages.get(REF)).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('does not serve'),
    });
  });

  it('finds a cluster that is listed later, and forgets what another had', async () => {
    running = management.run(stop.signal);
    expect(storages.get(REF)).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('clusterLocatorMethods'),
    });
    api.put(RESOURCE, storage(READY));
    directory.list({ name: 'management', url: api.url });
    await stateIs('ready');
    const other = await FakeKubeApi.start();
    directory.list({ name: 'management', url: other.url });
    await stateIs('missing');
    stop.abort();
    await running;
    await other.close();
  });
});
