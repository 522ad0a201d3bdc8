import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Logger } from '@ml-platform/kube';
import { GitHost, GitHostOptions, startGitHost } from '../startGitHost';

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const TEST_TOKEN = 'test-token';

/** A git host with folders of its own, for tests. */
export interface TestGitHost {
  readonly seedDir: string;
  readonly dataDir: string;
  /** The running host. */
  host: GitHost;
  /** Puts a file into the checkout that the host takes its content from. */
  write(path: string, content: string | Buffer, mode?: number): Promise<void>;
  /** Stops, does what has to be done meanwhile, and starts on the same port. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Starts a git host whose checkout holds the given files. */
export async function startTestGitHost(
  files: Readonly<Record<string, string | Buffer>>,
  options: Partial<GitHostOptions> = {},
): Promise<TestGitHost> {
  const root = await mkdtemp(join(tmpdir(), 'githost-'));
  const seedDir = join(root, 'seed');
  const dataDir = join(root, 'data');
  const write: TestGitHost['write'] = async (path, content, mode) => {
    const file = join(seedDir, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode });
  };
  await mkdir(seedDir, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await write(path, content);
  }
  const start = (port: number) =>
    startGitHost({
      port,
      dataDir,
      seedDir,
      token: TEST_TOKEN,
      logger: silent,
      ...options,
    });
  const test: TestGitHost = {
    seedDir,
    dataDir,
    host: await start(0),
    write,
    async restart(meanwhile) {
      const { port } = new URL(test.host.url);
      await test.host.close();
      await meanwhile?.();
      test.host = await start(Number(port));
    },
    async close() {
      await test.host.close();
      await rm(root, { recursive: true, force: true });
    },
  };
  return test;
}
