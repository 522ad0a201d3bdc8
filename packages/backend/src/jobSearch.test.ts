import type { AddressInfo } from 'node:net';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type AuthService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import searchPlugin from '@backstage/plugin-search-backend';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import rayPlugin from '@ml-platform/backstage-plugin-ray-backend';
import searchModuleRay from '@ml-platform/backstage-plugin-search-backend-module-ray';
import {
  portalConfig,
  portalDatabases,
  RAYJOBS,
  twoDatabases,
} from './__testUtils__/portalParts';
import { searchEngineModule } from './searchEngine';

interface JobList {
  readonly items: readonly { readonly name: string; readonly state: string }[];
  readonly clusters: readonly { readonly ok: boolean }[];
}

const ADMIN = 'user:default/admin';
/** May see the jobs in `training` only. */
const ADA = 'user:default/ada';
const STRANGER = 'user:default/eve';

function decide(user: string | undefined): PolicyDecision {
  switch (user) {
    case ADMIN:
      return { result: AuthorizeResult.ALLOW };
    case ADA:
      return {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'ray',
        resourceType: 'ray-job',
        conditions: {
          rule: 'IN_NAMESPACE',
          resourceType: 'ray-job',
          params: { namespaces: ['training'] },
        },
      };
    default:
      return { result: AuthorizeResult.DENY };
  }
}

const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'by-namespace',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init(deps) {
        deps.policy.setPolicy({
          handle: async (_, user) => decide(user?.info.userEntityRef),
        });
      },
    });
  },
});

/**
 * Authentication that says which plugin asks on behalf of a user, as the real one does. Only
 * plugins are told on what conditions somebody may see a job.
 */
const authentication = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const pluginId = plugin.getId();
    const auth = mockServices.auth({ pluginId });
    const actor = { subject: `plugin:${pluginId}` };
    const onBehalf: Pick<AuthService, 'getPluginRequestToken'> = {
      async getPluginRequestToken(options) {
        const { onBehalfOf } = options;
        if (!auth.isPrincipal(onBehalfOf, 'user')) {
          return auth.getPluginRequestToken(options);
        }
        const { userEntityRef } = onBehalfOf.principal;
        return { token: mockCredentials.user.token(userEntityRef, { actor }) };
      },
    };
    return Object.assign(Object.create(auth), onBehalf);
  },
});

describe("jobs in Backstage's search", () => {
  const databases = portalDatabases();
  const scheduler = mockServices.scheduler();
  let api: FakeKubeApi;
  let backend: TestBackend;
  let base: string;

  const index = () => scheduler.triggerTask('search_index_ray_job');

  async function call(path: string, user: string) {
    const answer = await fetch(`${base}${path}`, {
      headers: { authorization: mockCredentials.user.header(user) },
    });
    const body = await answer.json();
    expect([answer.status, body]).toEqual([200, body]);
    return body;
  }

  /** Names of the jobs that somebody finds, with their states. */
  async function find(term: string, user = ADMIN): Promise<string[]> {
    const query = new URLSearchParams({ term, 'types[0]': 'ray-job' });
    const { results } = await call(`/search/query?${query}`, user);
    const found: string[] = results.map(
      ({ document: { title, state } }: { document: Record<string, string> }) =>
        `${title} ${state}`,
    );
    return found.sort();
  }

  /** Lets the portal look for changes, as it does every few seconds, until they are found. */
  async function finds(term: string, expected: readonly string[]) {
    while ((await find(term)).join() !== expected.join()) {
      await new Promise(resolve => setTimeout(resolve, 100));
      await index();
    }
  }

  /** Waits until the list of jobs is as a test wants it. */
  async function listed(wanted: (list: JobList) => boolean): Promise<void> {
    while (!wanted(await call('/ray/jobs', ADMIN))) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  const has = (name: string, state: string) =>
    listed(({ items }) =>
      items.some(job => job.name === name && job.state === state),
    );

  function put(name: string, workload: string, status: object, place = {}) {
    const job = {
      metadata: {
        name,
        namespace: 'training',
        uid: `uid-${name}`,
        creationTimestamp: '2025-12-01T12:00:00Z',
        labels: { 'app.kubernetes.io/name': workload },
        annotations: { 'ml-platform.dev/requester': ADA },
        ...place,
      },
      spec: { entrypoint: 'python train.py' },
      status,
    };
    api.put(RAYJOBS, job);
  }

  const running = {
    jobDeploymentStatus: 'Running',
    jobStatus: 'RUNNING',
    rayJobInfo: { startTime: '2025-12-01T12:00:30Z' },
  };
  const failed = {
    jobDeploymentStatus: 'Failed',
    jobStatus: 'FAILED',
    reason: 'AppFailed',
    message: 'Job entrypoint command failed with exit code 137',
    endTime: '2025-12-01T12:03:00Z',
  };

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    put('stars-20251201-120000', 'stellar_optimization', running);
    put('tides-20251201-120000', 'tide-model', failed);
    put('payroll', 'secret-model', failed, { namespace: 'finance' });
  });

  afterEach(async () => {
    await backend.stop();
    await api.close();
  });

  async function start(id: Parameters<typeof databases.init>[0]) {
    const database = await twoDatabases(databases, id);
    backend = await startTestBackend({
      features: [
        rayPlugin,
        searchPlugin,
        searchEngineModule,
        searchModuleRay,
        permissionPlugin,
        policy,
        authentication,
        mockServices.permissions.factory(),
        database,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        portalConfig(api.url, { permission: { enabled: true } }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api`;
    await index();
  }

  describe.each(databases.eachSupportedId())('on %s', id => {
    it.each([
      ['name', 'stars-20251201-120000', 'stars-20251201-120000 running'],
      ['beginning of the name', 'star', 'stars-20251201-120000 running'],
      ['workload', 'stellar_optimization', 'stars-20251201-120000 running'],
      ['state', 'running', 'stars-20251201-120000 running'],
      ['message', '137', 'tides-20251201-120000 failed'],
      ['owner', 'ada', 'tides-20251201-120000 failed'],
    ])(
      'are found by %s',
      async (_, term, expected) => {
        await start(id);
        expect(await find(term)).toContain(expected);
      },
      40_000,
    );

    it('are found only by those who may see them', async () => {
      await start(id);
      const all = ['payroll failed', 'tides-20251201-120000 failed'];
      expect(await find('entrypoint')).toEqual(all);
      expect(await find('entrypoint', ADA)).toEqual(all.slice(1));
      expect(await find('payroll', ADA)).toEqual([]);
      expect(await find('entrypoint', STRANGER)).toEqual([]);
    }, 40_000);

    it('are not judged by another run that has their name by now', async () => {
      await start(id);
      const name = 'tides-20251201-120000';
      api.collection(RAYJOBS).delete(`training/${name}`);
      put(name, 'tide-model', running, { uid: 'uid-of-another' });
      await has(name, 'running');
      expect(await find('entrypoint', ADA)).toEqual([]);
      await finds('tides', [`${name} running`]);
      expect(await find('tides', ADA)).toEqual([`${name} running`]);
    }, 40_000);

    it('follow their changes, also when they are gone', async () => {
      await start(id);
      put('stars-20251201-120000', 'stellar_optimization', failed);
      await finds('stars', ['stars-20251201-120000 failed']);
      api.collection(RAYJOBS).delete('training/stars-20251201-120000');
      put('new', 'tide-model', running);
      await finds('new', ['new running']);
      expect(await find('stars')).toEqual(['stars-20251201-120000 failed']);
    }, 40_000);

    it('stay found while their cluster is away', async () => {
      await start(id);
      put('new', 'tide-model', running);
      await has('new', 'running');
      api.fault = { type: 'status', code: 503, message: 'It is upgraded' };
      api.dropConnections();
      await listed(({ clusters }) => clusters.some(({ ok }) => !ok));
      await finds('new', ['new running']);
      expect(await find('stars')).toEqual(['stars-20251201-120000 running']);
    }, 40_000);
  });
});
