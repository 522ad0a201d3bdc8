import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  followBuild,
  openKubernetesBuilder,
  packContext,
  RegistryClient,
} from '@ml-platform/images';
import { Admin } from '../support/Admin';
import { GitRepository } from '../support/GitRepository';
import { builderSettings, BUILDS } from '../support/prepareBuilds';
import { readTarget } from '../support/target';
import { PrivateGit } from './PrivateGit';
import { readArgoCdTarget, STATE } from './target';

const target = readTarget();
const admin = new Admin(target);
const SECRET = 'git-read';
const login = {
  username: 'reader',
  password: randomBytes(12).toString('hex'),
};

let git: PrivateGit;
let commit: string;
let contextFile: string;

test.beforeAll(async () => {
  git = await PrivateGit.start(readArgoCdTarget().address, login);
  const text = `FROM scratch\nLABEL once=${randomUUID()}\nCOPY Dockerfile /\n`;
  const repository = await GitRepository.open(STATE);
  const branch = `fetched-${randomUUID()}`;
  await repository.propose(branch, 'fetched/Dockerfile', text);
  commit = await repository.commitOf(branch);
  const root = await mkdtemp(join(tmpdir(), 'fetched-'));
  await writeFile(join(root, 'Dockerfile'), text);
  contextFile = join(await mkdtemp(join(tmpdir(), 'packed-')), 'context.tar');
  await packContext({ root, dockerfile: 'Dockerfile', target: contextFile });
});

test.afterAll(() => git.close());

/** Has a pod build what is in git at the commit, with that password. */
async function build(password: string) {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: SECRET },
    stringData: { ...login, password },
  };
  await admin.apply(secret, BUILDS);
  const { builds } = target;
  if (!builds) throw new Error('The journey needs --builder-image');
  const { registry, plainHttp } = builds;
  const images = new RegistryClient({
    env: process.env,
    plainHttp: plainHttp ? [registry.split('/')[0]] : [],
  });
  const builder = openKubernetesBuilder({
    settings: { ...builderSettings(builds), git: { secret: SECRET } },
    images,
    registry,
    timeoutSeconds: 300,
  });
  const lines: string[] = [];
  try {
    const { id } = await builder.start({
      image: 'fetched',
      version: commit.slice(0, 12),
      dockerfile: 'Dockerfile',
      contextFile,
      source: { repository: git.repository, commit, path: 'fetched' },
    });
    const ended = await followBuild({
      builder,
      id,
      onLine: line => lines.push(line),
    });
    return { ended, lines, images };
  } finally {
    builder.close();
  }
}

test('a pod fetches what it builds from a private repository', async () => {
  await test.step('a wrong password is named', async () => {
    const { ended } = await build('wrong');
    expect(ended.state).toBe('failed');
    expect(ended.error).toContain(
      "couldn't be fetched; check the repository's address and the Secret",
    );
  });
  await test.step('the right one brings the commit', async () => {
    const { ended, lines, images } = await build(login.password);
    expect(ended.state, ended.error).toBe('succeeded');
    expect(lines).toContain(`Fetching ${commit} of ${git.repository}`);
    expect(lines.join('\n')).not.toContain(login.password);
    await expect(images.digest(ended.image)).resolves.toBe(ended.digest);
  });
});
