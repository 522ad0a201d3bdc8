import { setTimeout as delay } from 'node:timers/promises';
import { PortalPlatform } from '@ml-platform/sdk';
import { expect, test } from '@playwright/test';
import { knex } from 'knex';
import { picture } from '../support/pages';
import { DeployedPortal } from './support/DeployedPortal';
import { IdentityProvider } from './support/IdentityProvider';
import { counting, numbersOf, rayJob, upTo } from './support/rayJob';
import { signInAt } from './support/signIn';
import {
  CLUSTER,
  FORWARD_PORT,
  IDENTITY_PORT,
  NAMESPACE,
  readPortalTarget,
  readTarget,
} from './support/target';
import { Viewers } from './support/Viewers';

const PORTAL_URL = `http://localhost:${FORWARD_PORT}`;
const target = readPortalTarget();
let identities: IdentityProvider;
let portal: DeployedPortal;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(10 * 60_000);
  identities = await IdentityProvider.start({
    address: target.address,
    port: IDENTITY_PORT,
    redirectUri: `${PORTAL_URL}/api/auth/oidc/handler/frame`,
  });
  portal = await DeployedPortal.deploy(readTarget(), {
    target,
    portalUrl: PORTAL_URL,
    issuer: identities.issuer,
  });
});

test.afterAll(async () => {
  await portal?.remove();
  await identities?.close();
});

/** Signs in once the catalog knows the user: at one pod, and at the other. */
async function signIn(account: string): Promise<string> {
  const [beginAt, endAt] = await portal.pods();
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      return await signInAt({ account, portalUrl: PORTAL_URL, beginAt, endAt });
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(1_000);
    }
  }
}

function platform(url: string, token: string): PortalPlatform {
  return new PortalPlatform({
    url,
    credentials: { token: async () => token },
    environment: {},
  });
}

function submit(url: string, token: string, job: object): Promise<Response> {
  return fetch(`${url}/api/ray/jobs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ cluster: CLUSTER, job }),
  });
}

test('two pods know the same people, and let nobody else in', async () => {
  const pods = await portal.pods();
  expect(pods).toHaveLength(2);
  const ada = await signIn('ada');
  for (const pod of pods) {
    const asAda = await fetch(`${pod}/api/ray/jobs`, {
      headers: { authorization: `Bearer ${ada}` },
    });
    expect(asAda.status).toBe(200);
    expect((await fetch(`${pod}/api/ray/jobs`)).status).toBe(401);
    const guest = await fetch(`${pod}/api/auth/guest/refresh`, {
      method: 'POST',
    });
    expect(guest.status).toBe(404);
  }
  const [beginAt, endAt] = pods;
  const asStranger = (account: string) =>
    signInAt({ account, portalUrl: PORTAL_URL, beginAt, endAt });
  await expect(asStranger('eve')).rejects.toThrow(
    'unable to resolve user identity',
  );
  await expect(asStranger('mallory')).rejects.toThrow(
    'does not contain an email',
  );
});

test('a viewer looks on, and an engineer starts jobs', async () => {
  const [pod] = await portal.pods();
  const job = rayJob({ name: 'of-vera', code: counting(1, 0) });
  const refused = await submit(pod, await signIn('vera'), job);
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('ray.job.create');
});

test('people open it with kubectl port-forward, and sign in', async ({
  page,
}) => {
  await portal.forward(FORWARD_PORT);
  await page.goto(PORTAL_URL);
  await page.getByText("Sign in with your organization's account").waitFor();
  await picture(page, 'portal-sign-in');
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const provider = await popup;
  await provider.getByLabel('Account').fill('ada');
  await provider.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'Training jobs' }).first().waitFor();
  await page.getByText('No training job').first().waitFor();
  await picture(page, 'portal-signed-in');
});

test('nobody loses a request or a line while its pods are replaced', async () => {
  const url = await portal.service();
  const token = await signIn('ada');
  const name = 'through-restarts';
  // Longer than it takes to replace the pods three times.
  const count = 900;
  const created = await submit(
    url,
    token,
    rayJob({ name, code: counting(count, 0.4) }),
  );
  expect(created.status).toBe(201);
  const viewers = new Viewers({ url, token, job: name, count: 50 });
  const lines: string[] = [];
  const gaps: string[] = [];
  let interruptions = 0;
  const follow = async () => {
    const log = platform(url, token).readLog(
      { cluster: CLUSTER, namespace: NAMESPACE, name },
      { source: 'driver', follow: true, signal: new AbortController().signal },
    );
    let next = await log.next();
    for (; !next.done; next = await log.next()) {
      const event = next.value;
      if (event.type === 'lines') {
        lines.push(...event.lines.map(({ text }) => text));
      } else if (event.type === 'gap') {
        gaps.push(event.reason);
      } else {
        interruptions += event.message.includes('trying again') ? 1 : 0;
      }
    }
    return next.value;
  };
  const followed = follow();
  await expect
    .poll(() => numbersOf(lines).length, { timeout: 240_000 })
    .toBeGreaterThan(20);
  await expect
    .poll(() => viewers.states.every(state => state === 'running'), {
      timeout: 60_000,
    })
    .toBe(true);

  await portal.restart();
  expect(interruptions).toBeGreaterThan(0);
  await portal.changeImage(target.nextImage);
  const database = knex({ client: 'pg', connection: target.database });
  const [last] = await database('knex_migrations')
    .withSchema('ray')
    .select('name')
    .orderBy('id', 'desc')
    .limit(1);
  await database.destroy();
  expect(last).toEqual({ name: '29991231_next.js' });
  expect(numbersOf(lines).length).toBeLessThan(count);

  // And back, to the version that doesn't know the new tables.
  await portal.changeImage(target.image);

  expect((await followed).reason).toBe('completed');
  expect(numbersOf(lines)).toEqual(upTo(count));
  expect(gaps).toEqual([]);
  await expect
    .poll(() => viewers.states.filter(state => state !== 'succeeded'), {
      timeout: 60_000,
    })
    .toEqual([]);
  expect(viewers.lost).toEqual([]);
  expect(viewers.dropped).toEqual([]);
  expect(viewers.answered).toBeGreaterThan(200);
  await viewers.leave();
});
