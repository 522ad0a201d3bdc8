import { mockServices } from '@backstage/backend-test-utils';
import { type RayJob, RAYJOBS } from '@ml-platform/rayjob';
import {
  KubeClient,
  resourcePath,
  Watcher,
  type KubeObject,
} from '@ml-platform/kube';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { JobLookup } from './JobLookup';

describe('JobLookup', () => {
  let api: FakeKubeApi;
  let lookup: JobLookup;
  let seen: string[];
  let synced: boolean;
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    seen = [];
    synced = false;
    const client = new KubeClient({ access: api.access() });
    const watcher = new Watcher<RayJob & KubeObject>({
      client,
      path: resourcePath(RAYJOBS, 'training'),
      logger: mockServices.logger.mock(),
      handler: {
        upsert: key => seen.push(key),
        remove: () => {},
        synced: () => {
          synced = true;
        },
        status: () => {},
      },
    });
    stop = new AbortController();
    running = watcher.run(stop.signal);
    lookup = new JobLookup(client);
    lookup.add('training', watcher);
    await until(() => synced);
    api.collection(RAYJOBS).hold();
  });

  afterEach(async () => {
    stop.abort();
    await running;
    await api.close();
  });

  it('finds a job before the watch tells of it', async () => {
    api.put(RAYJOBS, { metadata: { name: 'j', namespace: 'training' } });
    await lookup.look('training', 'j');
    expect(seen).toEqual(['training/j']);
  });

  it.each([
    ['training', 'not there'],
    ['training', '.'],
    ['training', '..'],
    ['..', 'j'],
  ])('takes nothing else for the job %s/%s', async (namespace, name) => {
    api.put(RAYJOBS, { metadata: { name: 'j', namespace: 'training' } });
    await lookup.look(namespace, name);
    expect(seen).toEqual([]);
  });

  it('asks nothing of a namespace that is not watched', async () => {
    const before = api.requests.length;
    await lookup.look('other', 'j');
    expect(api.requests).toHaveLength(before);
  });
});
