import { execFileSync } from 'node:child_process';
import { rayCluster, rayJob } from '../__testUtils__/objects';
import type { RayJobSpec } from '../crd/rayJob';
import { submitterJob } from './submitter';

const status = { jobId: 'job-abcde', dashboardURL: 'head:8265' };
const containersOf = (spec: RayJobSpec) =>
  submitterJob(rayJob(spec, status), rayCluster()).spec.template.spec
    .containers;

describe('the submitter of a job with a pod template of its own', () => {
  const template = (...containers: { name: string; command?: string[] }[]) => ({
    submitterPodTemplate: {
      spec: { restartPolicy: 'Never' as const, containers },
    },
  });

  it('is the first container, whatever its name and whatever stands beside it', () => {
    const [first, second] = containersOf(
      template({ name: 'my-submitter' }, { name: 'ray-job-submitter' }),
    );
    expect(first.name).toBe('my-submitter');
    expect(first.args?.[0]).toContain('ray job submit --address http://head');
    expect(first.env).toContainEqual({
      name: 'RAY_JOB_SUBMISSION_ID',
      value: 'job-abcde',
    });
    expect(second).toEqual({ name: 'ray-job-submitter' });
  });

  it('keeps its own command, and is told of the job by its environment', () => {
    const command = ['/submit.sh'];
    const [submitter] = containersOf(template({ name: 'own', command }));
    expect(submitter).toMatchObject({ name: 'own', command });
    expect(submitter.args).toBeUndefined();
    expect(submitter.env).toContainEqual({
      name: 'RAY_DASHBOARD_ADDRESS',
      value: 'head:8265',
    });
  });
});

describe('an entrypoint of several commands', () => {
  /** Runs the submitter's shell line with stand-ins for `python` and `ray`. */
  const run = (entrypoint: string) => {
    const [{ args = [] }] = containersOf({ entrypoint });
    const standIns = [
      'python() { return 0; }',
      'ray() {',
      '  [ "$2" = status ] && return 1',
      '  [ "$2" = submit ] && while [ "$1" != -- ]; do shift; done',
      '  echo "ray ran: $*"',
      '}',
    ];
    const script = [...standIns, args[0]].join('\n');
    return execFileSync('bash', ['-ce', script]).toString().split('\n');
  };

  it('reaches Ray as its first command alone: the rest runs in the submitter', () => {
    expect(run('echo prep && echo train')).toEqual([
      'ray ran: -- echo prep',
      'train',
      'ray ran: job logs --address http://head:8265 --follow job-abcde',
      '',
    ]);
  });

  it('reaches Ray as a whole where it is one command of a shell', () => {
    expect(run("bash -c 'echo prep && echo train'")[0]).toBe(
      'ray ran: -- bash -c echo prep && echo train',
    );
  });
});
