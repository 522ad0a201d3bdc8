import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putProgram } from '@ml-platform/images/testUtils';
import { OciBuilder } from './OciBuilder';
import { StepLog } from './StepLog';

const LABEL = 'dev.ml-platform.content-digest';

describe('OciBuilder', () => {
  let dir: string;
  let server: Server;
  let registry: string;
  let answers: Record<string, unknown>;
  let log: string;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'oci-'));
    answers = {};
    log = '';
    server = createServer((req, res) => {
      const answer = answers[req.url ?? ''] ?? 404;
      if (typeof answer === 'number') res.writeHead(answer).end();
      else res.end(JSON.stringify(answer));
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await new Promise(resolve => server.close(resolve));
    await rm(dir, { recursive: true, force: true });
  });

  const build = () =>
    new OciBuilder({ env: { PATH: dir } }).build(
      {
        ref: `${registry}/team/a:1`,
        digest: 'sha256:abc',
        labels: { x: 'y' },
        contextDir: '/ctx',
        dockerfile: 'Dockerfile.gpu',
        workDir: dir,
      },
      new StepLog({ write: text => (log += text) }),
      signal,
    );

  it('builds and pushes with the first engine that answers', async () => {
    await putProgram(dir, 'docker', 'exit 1');
    await putProgram(dir, 'podman', `echo "$@" >> ${dir}/calls; echo STEP 1/1`);
    await build();
    await expect(readFile(join(dir, 'calls'), 'utf8')).resolves.toBe(
      [
        'version',
        `build --format oci --file /ctx/Dockerfile.gpu --tag ${registry}/team/a:1 --iidfile ${dir}/image-id --label x=y --label ${LABEL}=sha256:abc /ctx`,
        `push --tls-verify=false --digestfile ${dir}/digest ${registry}/team/a:1`,
        '',
      ].join('\n'),
    );
    expect(log).toMatch(/#1 \d\.\d{3} STEP 1\/1\n#1 DONE/);
  });

  describe('publishedDigest', () => {
    const digest = (remembered?: string) =>
      new OciBuilder({ env: { HOME: dir } }).publishedDigest(
        `${registry}/team/a:1`,
        remembered,
      );
    const manifest = '/v2/team/a/manifests/1';
    const blob = '/v2/team/a/blobs/sha256:cfg';

    it('is the label of the published image', async () => {
      answers[manifest] = { config: { digest: 'sha256:cfg' } };
      answers[blob] = { config: { Labels: { [LABEL]: 'sha256:abc' } } };
      await expect(digest()).resolves.toBe('sha256:abc');
    });

    it('is nothing where there is no image, whatever is remembered', async () => {
      await expect(digest('sha256:old')).resolves.toBeUndefined();
    });

    it("is unknown for somebody else's image", async () => {
      answers[manifest] = { config: { digest: 'sha256:cfg' } };
      answers[blob] = { config: { Labels: null } };
      await expect(digest()).resolves.toBe('unknown');
    });

    it('is what is remembered where the registry asks for a login', async () => {
      answers[manifest] = 401;
      await expect(digest('sha256:old')).resolves.toBe('sha256:old');
    });

    it('says so where the registry does not answer', async () => {
      await new Promise(resolve => server.close(resolve));
      await expect(digest()).rejects.toThrow("Couldn't reach the registry");
      server.listen(0);
    });
  });
});
