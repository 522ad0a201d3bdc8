import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putProgram } from '@ml-platform/images/testUtils';
import { BUILD_SCRIPT, NO_ANSWER } from './buildScript';

const REF = 'europe-west3-docker.pkg.dev/p/images/a:1';

describe('the script of Cloud Build', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'cloud-script-'));
    await writeFile(join(dir, 'calls'), '');
  });
  afterEach(() => rm(dir, { recursive: true }));

  /** Runs it with a docker that answers a look as told. */
  const run = async (look: string) => {
    await putProgram(
      dir,
      'docker',
      `case "$*" in
  *imagetools*) echo look >> ${dir}/looks; ${look} ;;
  *) echo "$@" >> ${dir}/calls ;;
esac`,
    );
    const { status, stdout } = spawnSync(
      'bash',
      ['-c', BUILD_SCRIPT, 'build', '--label', 'a=$(b) c'],
      {
        encoding: 'utf8',
        env: {
          PATH: `${dir}:/usr/bin:/bin`,
          REF,
          DOCKERFILE: 'Dockerfile',
          PAUSE: '0',
        },
      },
    );
    const calls = await readFile(join(dir, 'calls'), 'utf8');
    return { status, stdout, calls: calls.trim().split('\n') };
  };
  const absent = `echo "ERROR: ${REF}: not found" >&2; exit 1`;

  it('builds and pushes what the registry does not have', async () => {
    const { status, calls } = await run(absent);
    expect(status).toBe(0);
    expect(calls[1]).toContain('--label a=$(b) c .');
    expect(calls[2]).toBe(`push ${REF}`);
  });

  it('leaves a version alone that is there', async () => {
    const { status, stdout, calls } = await run('exit 0');
    expect({ status, stdout, calls }).toEqual({
      status: 0,
      stdout: `${REF} is in the registry\n`,
      calls: [''],
    });
  });

  it('asks again where the registry does not say', async () => {
    const { status, calls } = await run(
      `[ $(wc -l < ${dir}/looks) -le 2 ] && { echo "unexpected status from HEAD request: 503 Service Unavailable" >&2; exit 1; }; ${absent}`,
    );
    expect(status).toBe(0);
    expect(calls.at(-1)).toBe(`push ${REF}`);
  });

  it.each([
    'unexpected status from HEAD request: 500 Internal Server Error',
    'error getting credentials: executable file not found in $PATH',
    'docker: command not found',
  ])('builds nothing where all it hears is: %s', async said => {
    const { status, calls } = await run(`echo '${said}' >&2; exit 1`);
    expect({ status, calls }).toEqual({ status: NO_ANSWER, calls: [''] });
  });

  it('pushes nothing where the registry says no more after the build', async () => {
    const { status, calls } = await run(
      `[ -s ${dir}/calls ] && { echo down >&2; exit 1; }; ${absent}`,
    );
    expect(status).toBe(NO_ANSWER);
    expect(calls.join()).not.toContain('push');
  });
});
