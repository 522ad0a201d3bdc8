import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';
import { killAll, NODE_MARKER, processesWith } from './processTable';
import { startGuardian } from './guardian';

jest.setTimeout(30_000);

describe('startGuardian', () => {
  const dir = mkdtempSync(join(tmpdir(), 'guardian-'));
  const marker = `test-${process.pid}`;

  afterAll(async () => {
    await killAll(NODE_MARKER, marker);
    rmSync(dir, { recursive: true });
  });

  const startDaemon = async () => {
    const child = spawn('sleep', ['300'], {
      detached: true,
      stdio: 'ignore',
      env: { PATH: process.env.PATH, [NODE_MARKER]: marker },
    });
    child.unref();
    return eventually(async () => {
      const pids = await processesWith(NODE_MARKER, marker);
      return pids.length > 0 && child.pid;
    });
  };

  it('ends what is marked when its parent is killed', async () => {
    // A parent of its own for the guardian, which is then killed.
    const source = join(dir, 'parent.sh');
    const parent = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        '-e',
        `require(${JSON.stringify(join(__dirname, 'guardian.ts'))}).startGuardian(${JSON.stringify(marker)}); require('fs').writeFileSync(${JSON.stringify(source)}, 'up'); setInterval(() => {}, 1000)`,
      ],
      { stdio: 'ignore' },
    );
    await eventually(async () => existsSync(source));
    expect(readFileSync(source, 'utf8')).toBe('up');
    await startDaemon();
    parent.kill('SIGKILL');
    await eventually(
      async () => (await processesWith(NODE_MARKER, marker)).length === 0,
    );
    expect(await processesWith(NODE_MARKER, marker)).toEqual([]);
  });

  it('ends with its node when there is nothing left', async () => {
    const end = startGuardian(marker);
    end();
    expect(await processesWith(NODE_MARKER, marker)).toEqual([]);
  });
});
