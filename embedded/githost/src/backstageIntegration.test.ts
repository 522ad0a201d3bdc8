import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  startTestGitHost,
  TEST_TOKEN,
  TestGitHost,
} from './__testUtils__/testGitHost';

jest.setTimeout(60_000);

describe('Backstage’s own GitHub integration against the embedded git host', () => {
  let git: TestGitHost;
  let config: ConfigReader;
  const url = (path: string) => `${git.host.repositoryUrl}/${path}`;
  const reader = () =>
    UrlReaders.default({ logger: mockServices.logger.mock(), config });

  beforeAll(async () => {
    git = await startTestGitHost({
      'catalog-info.yaml': 'kind: System\n',
      'workloads/hello-ray/train.py': 'print("hello")\n',
      'workloads/hello-ray/catalog-info.yaml': 'kind: Component\n',
      'workloads/hello-ray/logo.png': Buffer.from([0x89, 0x50, 0, 0xff]),
      'docs/index.md': '# Docs\n',
    });
    await git.write('workloads/hello-ray/run.sh', '#!/bin/sh\n', 0o755);
    await git.restart();
    config = new ConfigReader({
      integrations: {
        github: [
          {
            host: new URL(git.host.url).host,
            apiBaseUrl: git.host.apiUrl,
            token: TEST_TOKEN,
          },
        ],
      },
    });
  });

  afterAll(() => git.close());

  it('reads a file, and tells when it has not changed', async () => {
    const file = await reader().readUrl(url('blob/main/catalog-info.yaml'));
    expect(String(await file.buffer())).toBe('kind: System\n');
    await expect(
      reader().readUrl(url('blob/main/catalog-info.yaml'), { etag: file.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    await expect(
      reader().readUrl(url('blob/main/none.yaml')),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('reads a folder with its bytes, and tells when it has not changed', async () => {
    const tree = await reader().readTree(url('tree/main/workloads/hello-ray'));
    const files = new Map<string, Buffer>();
    for (const file of await tree.files()) {
      files.set(file.path, await file.content());
    }
    expect([...files.keys()].sort()).toEqual([
      'catalog-info.yaml',
      'logo.png',
      'run.sh',
      'train.py',
    ]);
    expect(files.get('logo.png')).toEqual(Buffer.from([0x89, 0x50, 0, 0xff]));
    await expect(
      reader().readTree(url('tree/main/workloads/hello-ray'), {
        etag: tree.etag,
      }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
  });

  it('reads the whole repository where no path is given', async () => {
    const tree = await reader().readTree(git.host.repositoryUrl);
    expect((await tree.files()).map(({ path }) => path)).toContain(
      'docs/index.md',
    );
  });

  it('finds files by a pattern', async () => {
    const { files } = await reader().search(
      url('blob/main/workloads/*/catalog-info.yaml'),
    );
    expect(files.map(file => file.url)).toEqual([
      url('tree/main/workloads/hello-ray/catalog-info.yaml').replace(
        '/tree/',
        '/blob/',
      ),
    ]);
    expect(String(await files[0].content())).toBe('kind: Component\n');
  });

  it('leads to pages that exist', async () => {
    const integrations = ScmIntegrations.fromConfig(config);
    const source = integrations.resolveUrl({
      url: './train.py',
      base: url('blob/main/workloads/hello-ray/catalog-info.yaml'),
    });
    const pages = [
      source,
      integrations.resolveEditUrl(source),
      url('tree/main/workloads/hello-ray/'),
    ];
    for (const page of pages) {
      const answer = await fetch(page);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('train.py');
    }
  });
});
