import { createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import rayPlugin from '@ml-platform/backstage-plugin-ray-backend';
import { FakeGitHub } from '@ml-platform/gitops/testUtils';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import {
  portalConfig,
  portalDatabases,
  twoDatabases,
} from './__testUtils__/portalParts';

const SECRET = 'the secret of the webhook';
const PATH = 'gitops/clusters/c/jobs/training/hello-1.yaml';
const MANIFEST =
  'apiVersion: ray.io/v1\nkind: RayJob\nmetadata: { name: hello-1, namespace: training }\n';
const HEAD = 'GET /repos/ml-platform/ml-platform/git/ref/heads/main';
/** Longer than it takes from a webhook to the reading that it brings. */
const SETTLED = 1_500;

const PUSH = JSON.stringify({
  ref: 'refs/heads/main',
  repository: { full_name: 'ml-platform/ml-platform' },
});

/**
 * The modules of `@backstage/plugin-events-backend-module-github`, which it imports
 * dynamically: Jest can't.
 */
function eventsModulesGithub(): readonly BackendFeature[] {
  const name = '@backstage/plugin-events-backend-module-github/package.json';
  const service = join(dirname(require.resolve(name)), 'dist/service');
  return ['eventsModuleGithubEventRouter', 'eventsModuleGithubWebhook'].map(
    file => jest.requireActual(join(service, `${file}.cjs.js`)).default,
  );
}

const signed = (secret: string, body = PUSH) => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

describe('webhooks of the repository of jobs', () => {
  const databases = portalDatabases();
  let api: FakeKubeApi;
  let github: FakeGitHub;
  let backend: TestBackend | undefined;
  let base: string;

  const begin = async (events: object) => {
    const { host } = new URL(github.url);
    backend = await startTestBackend({
      features: [
        rayPlugin,
        eventsPlugin,
        ...eventsModulesGithub(),
        // As in a portal: those of a test share no events.
        eventsServiceFactory,
        await twoDatabases(databases, 'SQLITE_3'),
        portalConfig(api.url, {
          // One process has no need of the bus between several, and ends at once.
          events: { ...events, useEventBus: 'never' },
          integrations: { github: [{ host, apiBaseUrl: github.url }] },
          // Only a webhook brings news within the time of a test.
          ray: { gitops: { repoUrl: github.repoUrl, pollSeconds: 3_600 } },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api`;
    while (!github.requests.includes(HEAD)) {
      await setTimeout(20);
    }
    // What it reads without being told is read.
    await setTimeout(SETTLED);
    github.repository.change('main', { [PATH]: MANIFEST });
    github.requests.length = 0;
  };

  beforeEach(async () => {
    [api, github] = await Promise.all([
      FakeKubeApi.start(),
      FakeGitHub.start(),
    ]);
  });

  afterEach(async () => {
    await backend?.stop();
    await Promise.all([api.close(), github.stop()]);
  });

  const post = async (headers: Record<string, string>, body = PUSH) => {
    const answer = await fetch(`${base}/events/http/github`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        ...headers,
      },
      body,
    });
    return answer.status;
  };

  const jobs = async (): Promise<readonly string[]> => {
    const answer = await fetch(`${base}/ray/jobs`, {
      headers: { authorization: mockCredentials.user.header() },
    });
    const { items } = await answer.json();
    return items.map(({ name }: { readonly name: string }) => name);
  };

  it('bring a job at once with a valid signature, and nothing without one', async () => {
    await begin({ modules: { github: { webhookSecret: SECRET } } });
    const other = PUSH.replace('main', 'next');
    const refused = [
      await post({}),
      await post(signed('another secret')),
      await post(signed(SECRET, other)),
      await post({ 'x-hub-signature-256': 'sha256=' }),
    ];
    expect(refused).toEqual([403, 403, 403, 403]);
    await setTimeout(SETTLED);
    expect(github.requests).toEqual([]);
    expect(await jobs()).toEqual([]);

    expect(await post(signed(SECRET))).toBe(202);
    while ((await jobs()).length === 0) {
      await setTimeout(20);
    }
    expect(await jobs()).toEqual(['hello-1']);
  });

  it('are not taken where no secret is configured', async () => {
    await begin({});
    expect(await post(signed(''))).toBe(404);
    await setTimeout(SETTLED);
    expect(github.requests).toEqual([]);
  });
});
