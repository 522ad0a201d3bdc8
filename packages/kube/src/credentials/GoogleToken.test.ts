import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { FakeGoogle, serviceAccountKey } from '../__testUtils__/FakeGoogle';
import { GoogleToken } from './GoogleToken';

// The library gets its own fetch by a dynamic import, which Jest does not run.
Object.defineProperty(globalThis, 'window', {
  value: { fetch: (...request: Parameters<typeof fetch>) => fetch(...request) },
});

const TOKEN_URL = 'https://oauth2.googleapis.com/token';

describe('GoogleToken', () => {
  const before = { ...process.env };
  const msw = setupServer();
  let google: FakeGoogle;
  let folder: string;
  let now: number;
  const clock = () => new Date(now);

  beforeAll(() => msw.listen({ onUnhandledRequest: 'bypass' }));
  afterAll(() => msw.close());

  beforeEach(async () => {
    now = Date.now();
    google = await FakeGoogle.start();
    folder = await mkdtemp(join(tmpdir(), 'google-'));
    // Nothing of this machine's own, no look for a real metadata server.
    process.env = {
      ...before,
      HOME: folder,
      CLOUDSDK_CONFIG: folder,
      GOOGLE_APPLICATION_CREDENTIALS: '',
      GCE_METADATA_HOST: google.url.replace('http://', ''),
      METADATA_SERVER_DETECTION: 'assume-present',
      GOOGLE_CLOUD_PROJECT: 'my-project',
      NO_PROXY: '127.0.0.1,localhost',
    };
  });

  afterEach(async () => {
    process.env = before;
    msw.resetHandlers();
    await google.close();
    await rm(folder, { recursive: true });
  });

  const tokenRequests = () =>
    google.requests.filter(path => path.includes('token')).length;

  it('comes from the metadata server, once for all who ask', async () => {
    const source = new GoogleToken();
    const tokens = await Promise.all([source.token(), source.token()]);
    expect(tokens).toEqual(['token-1', 'token-1']);
    expect(await source.token()).toBe('token-1');
    expect(tokenRequests()).toBe(1);
  });

  it('is renewed before it expires', async () => {
    google.expiresIn = 200;
    const source = new GoogleToken();
    await source.token();
    google.accessToken = 'token-2';
    expect(await source.token()).toBe('token-2');
  });

  it('says what to do while the metadata server is down, and comes back', async () => {
    google.fault = { type: 'status', code: 403, body: { error: 'forbidden' } };
    const source = new GoogleToken();
    await expect(source.token()).rejects.toThrow(
      /The metadata server gives no Google token \(it answers 403\); set GOOGLE_APPLICATION_CREDENTIALS outside of Google Cloud, and on GKE bind/,
    );
    google.fault = undefined;
    expect(await source.token()).toBe('token-1');
  });

  it('comes back though no metadata server was found at first', async () => {
    process.env.METADATA_SERVER_DETECTION = 'none';
    const source = new GoogleToken();
    expect(await source.token()).toBe('token-1');
  });

  it('does not wait for a metadata server that hangs', async () => {
    google.fault = { type: 'hang' };
    const source = new GoogleToken({ timeoutMs: 200 });
    await expect(source.token()).rejects.toThrow(
      'There was no Google token within 0.2 s',
    );
  });

  it('is exchanged for the token of a workload identity federation, read anew each time', async () => {
    const subject = join(folder, 'subject');
    const file = join(folder, 'adc.json');
    await writeFile(subject, 'subject-1');
    await writeFile(file, JSON.stringify(google.federation(subject)));
    process.env.GOOGLE_APPLICATION_CREDENTIALS = file;
    const source = new GoogleToken({ clock });
    expect(await source.token()).toBe('token-1');
    await writeFile(subject, 'subject-2');
    google.accessToken = 'token-2';
    now += 60_000;
    expect(source.refused()).toBe(true);
    expect(await source.token()).toBe('token-2');
    expect(google.subjects).toEqual(['subject-1', 'subject-2']);
  });

  it('is asked for again when it is refused, but not at once', async () => {
    const source = new GoogleToken({ clock });
    await source.token();
    expect(source.refused()).toBe(false);
    now += 60_000;
    expect(source.refused()).toBe(true);
    google.accessToken = 'token-2';
    expect(await source.token()).toBe('token-2');
  });

  it("is a service account's, by its key", async () => {
    let assertion = '';
    msw.use(
      http.post(TOKEN_URL, async ({ request }) => {
        assertion =
          new URLSearchParams(await request.text()).get('assertion') ?? '';
        return HttpResponse.json({ access_token: 'of-key', expires_in: 3600 });
      }),
    );
    const source = new GoogleToken({ credentials: serviceAccountKey() });
    expect(await source.token()).toBe('of-key');
    const claims = JSON.parse(
      Buffer.from(assertion.split('.')[1], 'base64url').toString(),
    );
    expect(claims).toMatchObject({
      iss: 'portal@my-project.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    });
  });

  it('says that a key was revoked, and takes up the new one without a restart', async () => {
    const file = join(folder, 'key.json');
    await writeFile(file, serviceAccountKey());
    process.env.GOOGLE_APPLICATION_CREDENTIALS = file;
    msw.use(
      http.post(TOKEN_URL, () =>
        HttpResponse.json(
          {
            error: 'invalid_grant',
            error_description: 'Invalid JWT Signature.',
          },
          { status: 400 },
        ),
      ),
    );
    const source = new GoogleToken();
    await expect(source.token()).rejects.toThrow(
      /Google does not accept the credentials \(invalid_grant: Invalid JWT Signature\.\); make a new key/,
    );
    await writeFile(
      file,
      JSON.stringify(google.federation(await subjectIn(folder))),
    );
    expect(await source.token()).toBe('token-1');
  });

  it('tells of credentials that can not be read, without what they hold', async () => {
    const file = join(folder, 'key.json');
    process.env.GOOGLE_APPLICATION_CREDENTIALS = file;
    const source = new GoogleToken();
    await expect(source.token()).rejects.toThrow(
      /The Google credentials can't be used \(ENOENT.*\); correct GOOGLE_APPLICATION_CREDENTIALS/,
    );
    await writeFile(file, '{"private_key": hush-hush');
    const error = await source.token().catch(String);
    expect(error).toContain('no valid JSON');
    expect(error).not.toContain('hush');
    await writeFile(
      file,
      JSON.stringify({
        ...JSON.parse(serviceAccountKey()),
        private_key: 'hush-hush',
      }),
    );
    const bad = await source.token().catch(String);
    expect(bad).toContain("can't be used");
    expect(bad).not.toContain('hush');
  });

  it('tells a token service that is down from one that refuses', async () => {
    const source = new GoogleToken({ credentials: serviceAccountKey() });
    msw.use(http.post(TOKEN_URL, () => HttpResponse.error()));
    await expect(source.token()).rejects.toThrow(
      "Couldn't reach Google's token service",
    );
    msw.use(
      http.post(TOKEN_URL, () =>
        HttpResponse.json({ error: 'unavailable' }, { status: 503 }),
      ),
    );
    await expect(source.token()).rejects.toThrow(
      "Google's token service fails (unavailable)",
    );
  }, 30_000);
});

async function subjectIn(folder: string): Promise<string> {
  const file = join(folder, 'subject');
  await writeFile(file, 'subject');
  return file;
}
