import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { baseImage } from './baseImages';
import { parseImageReference } from './imageReference';

describe("KubeRay's light-weight submitter", () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'submitter-image-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  /** Runs the program beside a `ray` that knows the job or not; its calls. */
  async function run(options: { known: boolean; submit?: number }) {
    const calls = join(dir, 'calls');
    await writeFile(
      join(dir, 'ray'),
      [
        '#!/bin/sh',
        `printf '%s|' "$@" >>'${calls}'; echo >>'${calls}'`,
        'case "$2" in',
        `  status) exit ${options.known ? 0 : 1} ;;`,
        `  submit) exit ${options.submit ?? 0} ;;`,
        'esac',
      ].join('\n'),
      { mode: 0o755 },
    );
    const image = baseImage(
      parseImageReference('quay.io/kuberay/submitter:v1'),
    );
    const [shell, ...args] = image?.programs?.['/submitter'] ?? [];
    const { code } = await promisify(execFile)(
      shell,
      [
        ...args,
        '--runtime-env-json',
        '{"pip":["a b"]}',
        '--',
        'python',
        'train.py',
      ],
      {
        env: {
          PATH: `${dir}:/usr/bin:/bin`,
          RAY_DASHBOARD_ADDRESS: '127.0.0.1:8265',
          RAY_JOB_SUBMISSION_ID: 'job-1',
        },
      },
    ).then(
      () => ({ code: 0 }),
      error => ({ code: error.code }),
    );
    const lines = (await readFile(calls, 'utf8')).trim().split('\n');
    return { code, calls: lines };
  }

  const follow = 'job|logs|--address|http://127.0.0.1:8265|--follow|job-1|';

  it('submits the job with its options, and follows its log', async () => {
    expect(await run({ known: false })).toEqual({
      code: 0,
      calls: [
        'job|status|--address|http://127.0.0.1:8265|job-1|',
        'job|submit|--no-wait|--address|http://127.0.0.1:8265|--submission-id|job-1|--runtime-env-json|{"pip":["a b"]}|--|python|train.py|',
        follow,
      ],
    });
  });

  it('follows a job that is there already', async () => {
    const { calls } = await run({ known: true });
    expect(calls).toEqual([expect.stringContaining('job|status|'), follow]);
  });

  it('fails where the job is refused', async () => {
    const { code, calls } = await run({ known: false, submit: 3 });
    expect(code).toBe(3);
    expect(calls).not.toContain(follow);
  });
});
