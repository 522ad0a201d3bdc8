import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findWorkload, findWorkloads } from './findWorkloads';

const entity = (name: string, more = '') => `
kind: Component
metadata:
  name: ${name}
${more}
spec:
  type: training-workload
  owner: group:default/team
`;

describe('findWorkloads', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'workloads-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const put = async (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  };
  const names = async (folder = '') =>
    (await findWorkloads(join(root, folder))).map(({ name }) => name);

  it('reads what the catalog file says, and what it leaves out', async () => {
    await put({
      'checkout/.git/HEAD': '',
      'checkout/workloads/a/catalog-info.yaml': entity(
        'a-component',
        `  title: A
  description: What it does
  annotations:
    ml-platform.dev/workload: a
    ml-platform.dev/entrypoint: python main.py`,
      ),
      'checkout/workloads/b/catalog-info.yaml': entity('b'),
    });
    await expect(findWorkloads(join(root, 'checkout'))).resolves.toEqual([
      {
        name: 'a',
        title: 'A',
        description: 'What it does',
        owner: 'group:default/team',
        entrypoint: 'python main.py',
        folder: join(root, 'checkout/workloads/a'),
      },
      {
        name: 'b',
        owner: 'group:default/team',
        entrypoint: 'python train.py',
        folder: join(root, 'checkout/workloads/b'),
      },
    ]);
  });

  it('reads which storage its runs use, and names the file where that is wrong', async () => {
    const annotated = (storage: string) =>
      entity(
        'a',
        `  annotations:
    ml-platform.dev/storage: ${storage}
    ml-platform.dev/bucket: gs://my-project-a`,
      );
    await put({ 'w/.git/HEAD': '', 'w/catalog-info.yaml': annotated('t/a') });
    const [workload] = await findWorkloads(join(root, 'w'));
    expect(workload.storage).toEqual({
      namespace: 't',
      name: 'a',
      bucket: 'gs://my-project-a',
    });
    await put({ 'w/catalog-info.yaml': annotated('a') });
    await expect(findWorkloads(join(root, 'w'))).rejects.toThrow(
      /catalog-info.yaml: .*namespace\/name/,
    );
  });

  it('looks from the current folder up to the root of the checkout', async () => {
    await put({
      'workloads/outside/catalog-info.yaml': entity('outside'),
      'checkout/.git': 'gitdir: elsewhere',
      'checkout/catalog-info.yaml': `kind: Component
spec: {type: website}
---
${entity('root')}`,
      'checkout/workloads/a/catalog-info.yaml': entity('a'),
      'checkout/workloads/a/src/deep/train.py': '',
      'checkout/other/b/catalog-info.yaml': entity('b'),
    });
    await expect(names('checkout')).resolves.toEqual(['a', 'root']);
    await expect(names('checkout/workloads/a/src/deep')).resolves.toEqual([
      'a',
      'root',
    ]);
    await expect(names('checkout/other/b')).resolves.toEqual([
      'a',
      'b',
      'root',
    ]);
  });

  it('stays in the folder outside of any checkout', async () => {
    await put({
      'catalog-info.yaml': entity('parent'),
      'mine/catalog-info.yaml': entity('mine'),
    });
    await expect(names('mine')).resolves.toEqual(['mine']);
  });

  it('prefers the nearest of two with one name', async () => {
    await put({
      '.git/HEAD': '',
      'workloads/a/catalog-info.yaml': entity('a'),
      'fork/catalog-info.yaml': entity('a'),
    });
    await expect(findWorkload('a', join(root, 'fork'))).resolves.toMatchObject({
      folder: join(root, 'fork'),
    });
  });

  it('says which workloads there are, and which file is wrong', async () => {
    await put({
      '.git/HEAD': '',
      'workloads/a/catalog-info.yaml': entity('a'),
    });
    await expect(findWorkload('b', root)).rejects.toThrow(
      "There is no workload 'b' in this checkout; choose one of a",
    );
    await put({ 'workloads/b/catalog-info.yaml': 'kind: [' });
    await expect(findWorkloads(root)).rejects.toThrow(
      /workloads\/b\/catalog-info.yaml: Couldn't read the YAML/,
    );
  });
});
