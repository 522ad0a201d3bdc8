import type { AddressInfo } from 'node:net';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import {
  notificationsProcessingExtensionPoint,
  type NotificationProcessor,
} from '@backstage/plugin-notifications-node';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import rayPlugin from '@ml-platform/backstage-plugin-ray-backend';
import notificationsModule from '@ml-platform/backstage-plugin-ray-backend-module-notifications';
import {
  portalConfig,
  portalDatabases,
  RAYJOBS,
  twoDatabases,
} from './__testUtils__/portalParts';

const ADA = 'user:default/ada';

/** Longer than it takes from a change to its notification. */
const SETTLED = 3_000;

interface Told {
  readonly title: string;
  readonly description: string;
  readonly topic: string;
  readonly severity: string;
  readonly link: string;
}

describe('the notifications of jobs', () => {
  const databases = portalDatabases();
  let api: FakeKubeApi;
  let backends: TestBackend[];
  let mails: string[];

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    backends = [];
    mails = [];
  });

  afterEach(async () => {
    await Promise.all(backends.map(backend => backend.stop()));
    await api.close();
  });

  /** A processor as those for mail and chat. */
  const mail = createBackendModule({
    pluginId: 'notifications',
    moduleId: 'mail',
    register(env) {
      env.registerInit({
        deps: { processing: notificationsProcessingExtensionPoint },
        async init({ processing }) {
          const processor: NotificationProcessor = {
            getName: () => 'Mail',
            async postProcess({ user, payload }) {
              mails.push(`${user}: ${payload.title}`);
            },
          };
          processing.addProcessor(processor);
        },
      });
    },
  });

  async function open(id: Parameters<typeof databases.init>[0]) {
    const database = await twoDatabases(databases, id);
    /** A portal on this database, with the routes of Backstage's notifications. */
    return async () => {
      const backend = await startTestBackend({
        features: [
          rayPlugin,
          notificationsModule,
          notificationsPlugin,
          mail,
          database,
          portalConfig(api.url, {
            ray: { notifications: { waiting: { minimum: '4s' } } },
          }),
        ],
      });
      backends.push(backend);
      const { port } = backend.server.address() as AddressInfo;
      const call = async (path: string, body?: object) => {
        const url = `http://127.0.0.1:${port}/api/notifications${path}`;
        const answer = await fetch(url, {
          method: body ? 'POST' : 'GET',
          headers: {
            authorization: mockCredentials.user.header(ADA),
            'content-type': 'application/json',
          },
          body: body && JSON.stringify(body),
        });
        return answer.json();
      };
      return {
        stop: async () => {
          backends.splice(backends.indexOf(backend), 1);
          await backend.stop();
        },
        call,
        told: async (): Promise<readonly Told[]> => {
          const { notifications } = await call('/notifications');
          return notifications.map(
            ({ payload }: { readonly payload: Told }) => payload,
          );
        },
      };
    };
  }

  function put(name: string, status: object = {}, created = new Date()) {
    const job = {
      metadata: {
        name,
        namespace: 'training',
        uid: `uid-${name}`,
        creationTimestamp: created.toISOString(),
        annotations: { 'ml-platform.dev/requester': ADA },
      },
      spec: { entrypoint: 'python train.py' },
      status,
    };
    api.put(RAYJOBS, job);
  }

  const running = {
    jobDeploymentStatus: 'Running',
    jobStatus: 'RUNNING',
    rayJobInfo: { startTime: new Date().toISOString() },
  };
  const failed = () => ({
    jobDeploymentStatus: 'Failed',
    jobStatus: 'FAILED',
    reason: 'AppFailed',
    message: 'Job entrypoint command failed with exit code 1',
    endTime: new Date().toISOString(),
  });
  const settle = () => new Promise(resolve => setTimeout(resolve, SETTLED));

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('come once to the owner of a job, also from two backends and after a restart', async () => {
      const start = await open(id);
      const first = await start();
      put('train', running);
      const second = await start();
      put('train', failed());
      await until(() => mails.length > 0);
      await settle();
      expect(mails).toEqual([`${ADA}: train failed`]);
      expect(await first.told()).toEqual([
        expect.objectContaining({
          title: 'train failed',
          description: expect.stringContaining('exit code 1'),
          topic: 'job-failed',
          severity: 'high',
          link: '/ray/jobs/c/training/train',
        }),
      ]);
      await first.stop();
      await second.stop();
      const again = await start();
      await settle();
      expect(mails).toHaveLength(1);
      expect(await again.told()).toHaveLength(1);
    }, 40_000);

    it('take the place of those that the same job had before', async () => {
      const portal = await (await open(id))();
      const created = new Date();
      put('train', { jobDeploymentStatus: 'Initializing' }, created);
      await until(() => mails.length === 1, 15_000);
      expect(await portal.told()).toEqual([
        expect.objectContaining({
          title: 'train waits long to start',
          topic: 'job-waits-long',
        }),
      ]);
      put('train', failed(), created);
      await until(() => mails.length === 2, 15_000);
      expect(await portal.told()).toEqual([
        expect.objectContaining({ title: 'train failed' }),
      ]);
    }, 40_000);

    it('are switched off by who gets them, each kind and way for itself', async () => {
      const portal = await (await open(id))();
      const topics = [{ id: 'job-failed', enabled: false }];
      const origins = [{ id: 'plugin:ray', enabled: true, topics }];
      await portal.call('/settings', { channels: [{ id: 'Web', origins }] });
      put('train', running);
      put('other', running);
      put('train', failed());
      put('other', {
        ...failed(),
        jobDeploymentStatus: 'Complete',
        jobStatus: 'SUCCEEDED',
      });
      await until(() => mails.length === 2, 15_000);
      expect([...mails].sort()).toEqual([
        `${ADA}: other succeeded`,
        `${ADA}: train failed`,
      ]);
      expect(await portal.told()).toEqual([
        expect.objectContaining({
          title: 'other succeeded',
          topic: 'job-ended',
        }),
      ]);
    }, 40_000);
  });
});
