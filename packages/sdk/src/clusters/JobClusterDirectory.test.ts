import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { FakeGoogle, until } from '@ml-platform/kube/testUtils';
import { JobClusterDirectory } from './JobClusterDirectory';

// The library gets its own fetch by a dynamic import, which Jest does not run.
Object.defineProperty(globalThis, 'window', {
  value: { fetch: (...request: Parameters<typeof fetch>) => fetch(...request) },
});

const GKE = {
  name: 'train-eu',
  location: 'europe-west4',
  endpoint: '203.0.113.7',
  status: 'RUNNING',
  resourceLabels: { team: 'ml', stage: 'prod' },
  masterAuth: { clusterCaCertificate: 'Q0E=' },
  controlPlaneEndpointsConfig: {
    dnsEndpointConfig: { endpoint: 'gke-abc.europe-west4.gke.goog' },
  },
};

describe('the clusters of the configuration', () => {
  const before = { ...process.env };
  const stop = new AbortController();
  let google: FakeGoogle;

  beforeEach(async () => {
    google = await FakeGoogle.start();
    google.clusters = [GKE];
    process.env = {
      ...before,
      HOME: '/nonexistent',
      CLOUDSDK_CONFIG: '/nonexistent',
      GOOGLE_APPLICATION_CREDENTIALS: '',
      GCE_METADATA_HOST: google.url.replace('http://', ''),
      METADATA_SERVER_DETECTION: 'assume-present',
      GOOGLE_CLOUD_PROJECT: 'my-project',
      NO_PROXY: '127.0.0.1,localhost',
    };
  });

  afterEach(async () => {
    process.env = before;
    await google.close();
  });

  afterAll(() => stop.abort());

  function directory(options: {
    readonly gke?: JsonObject;
    readonly ray?: JsonObject;
    readonly listed?: JsonObject[];
  }) {
    const { gke = {}, ray = {}, listed = [] } = options;
    return new JobClusterDirectory({
      backoff: { min: 5, max: 10 },
      refreshMs: 20,
      config: new ConfigReader({
        kubernetes: {
          clusterLocatorMethods: [
            { type: 'config', clusters: listed },
            { type: 'gke', projectId: 'my-project', ...gke },
          ],
        },
        ray: { gke: { apiEndpoint: google.url }, ...ray },
      }),
    });
  }

  async function found(options: Parameters<typeof directory>[0]) {
    const clusters = directory(options);
    await clusters.refresh(stop.signal);
    return clusters;
  }

  const own = {
    name: 'own',
    url: 'https://own',
    authProvider: 'serviceAccount',
    serviceAccountToken: 's',
  };

  it("finds a project's clusters, with address, authority and credentials", async () => {
    const { entries, problems, complete } = await found({});
    expect(entries).toEqual([
      expect.objectContaining({
        name: 'train-eu',
        title: 'train-eu',
        holdsJobs: true,
        access: {
          ok: true,
          config: {
            name: 'train-eu',
            url: 'https://203.0.113.7',
            caData: 'Q0E=',
            caFile: undefined,
            skipTLSVerify: false,
            auth: { type: 'google' },
          },
        },
      }),
    ]);
    expect([problems, complete]).toEqual([[], true]);
    expect(google.requests).toContain(
      'GET /v1/projects/my-project/locations/-/clusters',
    );
  });

  it('uses the DNS-based endpoint where it is asked for, with public authorities', async () => {
    const { entries } = await found({
      gke: { endpointType: 'dns', region: 'europe-west4' },
    });
    expect(entries[0].access).toMatchObject({
      config: {
        url: 'https://gke-abc.europe-west4.gke.goog',
        caData: undefined,
      },
    });
    expect(google.requests).toContain(
      'GET /v1/projects/my-project/locations/europe-west4/clusters',
    );
  });

  it('gives a cluster the name that the GitOps repository has for it', async () => {
    const clusters = await found({
      ray: {
        gke: { apiEndpoint: google.url },
        clusters: [
          { name: 'workload-cluster', foundAs: 'train-eu' },
          { name: 'second', foundAs: 'train-us' },
        ],
      },
    });
    expect(clusters.entries).toEqual([
      expect.objectContaining({
        name: 'workload-cluster',
        holdsJobs: true,
        access: {
          ok: true,
          config: expect.objectContaining({
            name: 'workload-cluster',
            url: 'https://203.0.113.7',
          }),
        },
      }),
      expect.objectContaining({
        name: 'second',
        access: {
          ok: false,
          error: expect.stringContaining('Cluster train-us is not among'),
        },
      }),
    ]);
  });

  it('takes only clusters with all of the labels', async () => {
    const labels = [
      { key: 'team', value: 'ml' },
      { key: 'stage', value: 'test' },
    ];
    const none = await found({ gke: { matchingResourceLabels: labels } });
    expect(none.entries).toEqual([]);
    const one = await found({
      gke: { matchingResourceLabels: labels.slice(0, 1) },
    });
    expect(one.entries).toHaveLength(1);
  });

  it("links Google's console, and titles and narrows like any other cluster", async () => {
    const { entries } = await found({
      gke: { exposeDashboard: true },
      ray: {
        gke: { apiEndpoint: google.url },
        clusters: [{ name: 'train-eu', title: 'Europe', namespaces: ['a'] }],
      },
      listed: [own],
    });
    expect(entries).toEqual([
      expect.objectContaining({
        title: 'Europe',
        namespaces: ['a'],
        dashboardUrl:
          'https://console.cloud.google.com/kubernetes/clusters/details/europe-west4/train-eu/details?project=my-project',
      }),
      expect.objectContaining({ name: 'own', holdsJobs: false }),
    ]);
  });

  it('says of a cluster without an address what it waits for', async () => {
    google.clusters = [{ name: 'new', status: 'PROVISIONING' }];
    const { entries } = await found({});
    expect(entries[0].access).toEqual({
      ok: false,
      error: expect.stringContaining(
        'GKE gives no address for cluster new (PROVISIONING)',
      ),
    });
  });

  it('reports a Container API that refuses, and keeps the listed clusters', async () => {
    const clusters = await found({ listed: [own] });
    google.fault = {
      type: 'status',
      code: 403,
      body: { error: { message: 'API disabled' } },
    };
    await clusters.refresh(stop.signal);
    expect(clusters.problems).toEqual([
      {
        name: 'gke:my-project',
        title: 'GKE clusters of my-project',
        error:
          "The clusters of my-project can't be listed (403: API disabled); enable container.googleapis.com there, and grant the Google identity of the backend roles/container.clusterViewer",
      },
    ]);
    // Those that were found stay.
    expect(clusters.entries.map(({ name }) => name)).toEqual([
      'train-eu',
      'own',
    ]);
  });

  it('says of a chosen cluster why it is not found', async () => {
    const chosen = {
      gke: { apiEndpoint: google.url },
      clusters: [{ name: 'other' }],
    };
    const missing = await found({ ray: chosen });
    expect(missing.entries[0].access).toEqual({
      ok: false,
      error: expect.stringContaining(
        'Cluster other is not among the GKE clusters of my-project',
      ),
    });
    google.fault = { type: 'status', code: 500, body: {} };
    const failing = await found({ ray: chosen });
    expect(failing.entries[0].access).toEqual({
      ok: false,
      error: expect.stringContaining(
        'Cluster other is not found: The metadata server gives no Google token',
      ),
    });
    expect(failing.complete).toBe(false);
  });

  it('keeps what was found where Google could not ask all zones', async () => {
    const clusters = await found({});
    google.clusters = [];
    google.missingZones = ['europe-west4-a'];
    await clusters.refresh(stop.signal);
    expect(clusters.entries).toHaveLength(1);
    expect(clusters.problems[0].error).toContain(
      'could not ask europe-west4-a',
    );
    google.missingZones = [];
    await clusters.refresh(stop.signal);
    expect(clusters.entries).toHaveLength(0);
  });

  it('tells of clusters that share a name', async () => {
    google.clusters = [GKE, { ...GKE, location: 'us-central1' }];
    const { entries, problems } = await found({});
    expect(entries).toHaveLength(1);
    expect(problems[0].error).toContain('more than one cluster train-eu');
  });

  it('looks again by itself: for what is new, and after a failure', async () => {
    google.fault = { type: 'status', code: 500, body: {} };
    const clusters = directory({});
    let changes = 0;
    clusters.subscribe(() => {
      changes += 1;
    });
    const over = new AbortController();
    const running = clusters.run(over.signal);
    await until(
      () => clusters.problems[0]?.error.includes('metadata') ?? false,
    );
    google.fault = undefined;
    await until(() => clusters.entries.length === 1);
    google.clusters = [GKE, { ...GKE, name: 'second' }];
    await until(() => clusters.entries.length === 2);
    over.abort();
    await running;
    expect(changes).toBeGreaterThan(2);
  });

  it('refuses an endpointType that there is not', () => {
    expect(() => directory({ gke: { endpointType: 'ip' } })).toThrow(
      "endpointType 'ip' of gke is neither public nor dns",
    );
  });

  it('refuses a dashboard that may not become a link', () => {
    const dashboards = [{ title: 'Bad', url: 'data:text/html,x' }];
    expect(() =>
      directory({ ray: { clusters: [{ name: 'c', dashboards }] } }),
    ).toThrow(
      "ray.clusters: the dashboard 'Bad' of c has an address that is not an http:// or https:// address",
    );
  });
});
