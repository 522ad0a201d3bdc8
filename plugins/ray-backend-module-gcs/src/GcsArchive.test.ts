import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { Storage } from '@google-cloud/storage';
import { logArchivePath } from '@ml-platform/backstage-plugin-ray-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { FakeGcs } from './__testUtils__/FakeGcs';
import { createGcsArchive } from './createGcsArchive';
import { GcsArchive } from './GcsArchive';
import { limitRequests } from './limitRequests';
import { readGcsConfig } from './readGcsConfig';

/** As Private Service Connect gives them out. */
const ENDPOINT = 'https://storage-psc.p.googleapis.com';
const KEY = {
  cluster: 'workload-cluster',
  namespace: 'training',
  name: 'hello',
  uid: 'uid-1',
  attempt: 1,
};
const NAME = `ray/${logArchivePath(KEY)}`;
const CHUNK = 256 * 1024;

async function readAll(stream: Readable | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A log of so many bytes, in pieces as gzip makes them. */
function logOf(size: number, failAt = Infinity): Readable {
  let sent = 0;
  return new Readable({
    read() {
      if (sent >= failAt) {
        this.destroy(new Error('the pod went away'));
      } else if (sent >= size) {
        this.push(null);
      } else {
        const piece = Math.min(16 * 1024, size - sent);
        sent += piece;
        this.push(randomBytes(piece));
      }
    },
  });
}

describe('an archive in a bucket', () => {
  let gcs: FakeGcs;
  let archive: GcsArchive;

  function create(limits: { requestMs?: number; silenceMs?: number } = {}) {
    const storage = new Storage({
      apiEndpoint: gcs.url,
      projectId: 'p',
      retryOptions: { maxRetries: 1, maxRetryDelay: 1, totalTimeout: 10 },
    });
    limitRequests(storage, limits.requestMs ?? 30_000);
    return new GcsArchive({
      bucket: storage.bucket('logs'),
      prefix: 'ray/',
      chunkBytes: CHUNK,
      silenceMs: limits.silenceMs,
    });
  }

  beforeEach(async () => {
    gcs = await FakeGcs.start('logs');
    archive = create();
  });

  afterEach(async () => {
    await gcs.close();
  });

  it('keeps a log, reads it as it was written, and removes it', async () => {
    const packed = gzipSync('line 1\nline 2\n');
    await archive.write(KEY, Readable.from([packed]));
    expect(gcs.objects.get(NAME)?.contentType).toBe('application/gzip');
    const read = await readAll(await archive.read(KEY));
    expect(gunzipSync(read).toString()).toBe('line 1\nline 2\n');
    await archive.delete(KEY);
    expect(await archive.read(KEY)).toBeUndefined();
    await archive.delete(KEY);
  });

  it('reads some bytes of a log', async () => {
    await archive.write(KEY, Readable.from([Buffer.from('0123456789')]));
    const some = await archive.read(KEY, { offset: 2, length: 3 });
    expect(String(await readAll(some))).toBe('234');
  });

  it('replaces what is there', async () => {
    await archive.write(KEY, Readable.from([Buffer.from('old')]));
    await archive.write(KEY, Readable.from([Buffer.from('new')]));
    expect(String(await readAll(await archive.read(KEY)))).toBe('new');
  });

  it('keeps the parts of a log beside it, and never replaces one', async () => {
    const part = { ...KEY, part: 1 };
    const write = (text: string) =>
      archive.write(part, Readable.from([Buffer.from(text)]), {
        ifAbsent: true,
      });
    await write('mine');
    await expect(write('of another')).rejects.toThrow('nothing was replaced');
    expect(String(await readAll(await archive.read(part)))).toBe('mine');
    expect(await archive.read(KEY)).toBeUndefined();
    await archive.delete(part);
    await write('later');
  });

  it('sends a long log in pieces, so that it is never held whole', async () => {
    await archive.write(KEY, logOf(10 * CHUNK));
    expect(gcs.objects.get(NAME)?.data).toHaveLength(10 * CHUNK);
    expect(gcs.largestChunk).toBe(CHUNK);
  }, 20_000);

  it.each([CHUNK / 2, CHUNK, 2.5 * CHUNK])(
    'leaves nothing of a log that breaks off after %d bytes',
    async failAt => {
      await expect(
        archive.write(KEY, logOf(5 * CHUNK, failAt)),
      ).rejects.toThrow('the pod went away');
      await setTimeout(200);
      expect(gcs.objects.size).toBe(0);
    },
    20_000,
  );

  it('leaves what was there before when a new one breaks off', async () => {
    gcs.put(NAME, Buffer.from('old'));
    await expect(archive.write(KEY, logOf(100, 1))).rejects.toThrow(
      'the pod went away',
    );
    expect(String(await readAll(await archive.read(KEY)))).toBe('old');
  });

  it('sends a piece again that the service did not take', async () => {
    gcs.faults.chunk.push({ type: 'status', code: 503 });
    await archive.write(KEY, logOf(3 * CHUNK));
    expect(gcs.objects.get(NAME)?.data).toHaveLength(3 * CHUNK);
  }, 20_000);

  it('gives up on a service that takes nothing, says why and leaves nothing', async () => {
    gcs.faults.chunk.push(
      ...Array.from(
        { length: 20 },
        () => ({ type: 'status', code: 503 }) as const,
      ),
    );
    await expect(archive.write(KEY, logOf(CHUNK))).rejects.toThrow(
      /Couldn't reach gs:\/\/logs/,
    );
    expect(gcs.objects.size).toBe(0);
  }, 30_000);

  it('gives up on a service that hangs', async () => {
    const impatient = create({ requestMs: 300 });
    const hang = Array.from({ length: 20 }, () => ({ type: 'hang' }) as const);
    gcs.faults.any.push(...hang);
    await expect(impatient.write(KEY, logOf(10))).rejects.toThrow(
      /Couldn't reach gs:\/\/logs/,
    );
    gcs.faults.any.length = 0;
    gcs.faults.chunk.push(...hang);
    await expect(impatient.write(KEY, logOf(10))).rejects.toThrow(
      /Couldn't reach gs:\/\/logs/,
    );
  }, 60_000);

  it('does not replace what another backend wrote meanwhile', async () => {
    const slow = new Readable({ read() {} });
    slow.push('mine');
    const writing = archive.write(KEY, slow);
    while (!gcs.requests.includes('POST /upload/storage/v1/b/logs/o')) {
      await setTimeout(5);
    }
    gcs.put(NAME, Buffer.from('of the other'));
    slow.push(null);
    await expect(writing).rejects.toThrow(
      'Another backend has written the same log',
    );
    expect(String(await readAll(await archive.read(KEY)))).toBe('of the other');
  });

  it('notices a download whose connection breaks', async () => {
    gcs.put(NAME, gzipSync(randomBytes(100_000)));
    gcs.faults.read.push({ type: 'truncate' });
    const broken = await create({ silenceMs: 200 }).read(KEY);
    await expect(readAll(broken)).rejects.toThrow(
      'The download was silent for 0.2 s',
    );
  });

  it('notices that the service stored other bytes, and leaves none of them', async () => {
    gcs.faults.chunk.push({ type: 'corrupt' });
    await expect(archive.write(KEY, logOf(100))).rejects.toThrow(
      /Couldn't reach gs:\/\/logs/,
    );
    expect(gcs.objects.size).toBe(0);
  });

  it.each([
    [403, 'grant the Google identity of the backend roles/storage.objectUser'],
    [404, 'make the bucket, or correct ray.logs.archive.bucket'],
  ])('says what to do about %d', async (code, what) => {
    gcs.faults.start.push({ type: 'status', code });
    await expect(archive.write(KEY, logOf(10))).rejects.toThrow(what);
  });

  it('passes on why a log can not be read', async () => {
    gcs.faults.any.push({ type: 'status', code: 403 });
    await expect(archive.read(KEY)).rejects.toThrow('roles/storage.objectUser');
  });
});

describe('the credentials of a bucket', () => {
  const before = { ...process.env };
  const msw = setupServer();
  const asked: (string | null)[] = [];
  let folder: string;

  beforeAll(() => msw.listen({ onUnhandledRequest: 'error' }));
  afterAll(() => msw.close());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gcs-'));
    await writeFile(join(folder, 'subject'), 'subject');
    const file = join(folder, 'adc.json');
    await writeFile(
      file,
      JSON.stringify({
        type: 'external_account',
        audience:
          '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/k',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: 'https://sts.googleapis.com/v1/token',
        credential_source: { file: join(folder, 'subject') },
      }),
    );
    process.env = {
      ...before,
      GOOGLE_APPLICATION_CREDENTIALS: file,
      GOOGLE_CLOUD_PROJECT: 'my-project',
      METADATA_SERVER_DETECTION: 'none',
    };
    asked.length = 0;
    const refuse = ({ request }: { readonly request: Request }) => {
      asked.push(request.headers.get('authorization'));
      return HttpResponse.json(
        { error: { code: 404, message: 'No such bucket', errors: [] } },
        { status: 404 },
      );
    };
    msw.use(
      http.post('https://sts.googleapis.com/v1/token', () =>
        HttpResponse.json({
          access_token: 'of-the-federation',
          expires_in: 3600,
        }),
      ),
      ...['https://storage.googleapis.com', ENDPOINT, 'http://emulator'].map(
        host => http.all(`${host}/*`, refuse),
      ),
    );
  });

  afterEach(async () => {
    process.env = before;
    msw.resetHandlers();
    await rm(folder, { recursive: true });
  });

  const archiveAt = (apiEndpoint?: string) =>
    createGcsArchive({ bucket: 'logs', prefix: '', apiEndpoint });

  it.each([undefined, ENDPOINT])(
    'are the application-default ones at %s',
    async apiEndpoint => {
      const archive = archiveAt(apiEndpoint);
      expect(archive.name).toBe('the bucket gs://logs/');
      expect(await archive.read(KEY)).toBeUndefined();
      await expect(archive.write(KEY, logOf(10))).rejects.toThrow(
        'make the bucket',
      );
      expect(new Set(asked)).toEqual(new Set(['Bearer of-the-federation']));
    },
  );

  it("never go to an address that is not Google's", async () => {
    const archive = archiveAt('http://emulator');
    expect(await archive.read(KEY)).toBeUndefined();
    await expect(archive.write(KEY, logOf(10))).rejects.toThrow();
    expect(new Set(asked)).toEqual(new Set([null]));
  });
});

describe('readGcsConfig', () => {
  const read = (archive: JsonObject) =>
    readGcsConfig(new ConfigReader({ ray: { logs: { archive } } }));

  it('reads bucket and folder, and leaves other archives alone', () => {
    expect(
      read({ type: 'googleCloudStorage', bucket: 'logs', prefix: '/a/b/' }),
    ).toEqual({ bucket: 'logs', prefix: 'a/b/' });
    expect(read({ type: 'directory', path: '/x' })).toBeUndefined();
    expect(readGcsConfig(new ConfigReader({}))).toBeUndefined();
  });

  it.each([
    [{ bucket: 'gs://logs' }, 'write it without gs://'],
    [{ bucket: 'Logs' }, 'is no name of a bucket'],
    [{ bucket: 'logs', apiEndpoint: 'storage' }, 'is no address like'],
  ])('refuses %j', (more, why) => {
    expect(() => read({ type: 'googleCloudStorage', ...more })).toThrow(why);
  });
});
