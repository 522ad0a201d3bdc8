import { moments } from '../__testUtils__/moments';
import type {
  Container,
  ContainerStatus,
  Pod,
  RayJobSpec,
} from '../objects/kubernetes';
import { submitterContainer, submitterStarted } from './submitterContainer';

const ISTIO: Container = { name: 'istio-proxy' };
const marked = (name: string): Container => ({
  name,
  env: [{ name: 'RAY_JOB_SUBMISSION_ID', value: 'j-1' }],
});

function pod(containers: readonly Container[], nodeType?: string): Pod {
  const labels: Record<string, string> = nodeType
    ? { 'ray.io/node-type': nodeType }
    : {};
  return { metadata: { name: 'p', labels }, spec: { containers } };
}

const template = (...names: string[]): RayJobSpec => ({
  submitterPodTemplate: {
    spec: { containers: names.map(name => ({ name })) },
  },
});

describe('submitterContainer', () => {
  it.each<[string, RayJobSpec, Pod, string | undefined]>([
    [
      "KubeRay's own",
      {},
      pod([{ name: 'ray-job-submitter' }]),
      'ray-job-submitter',
    ],
    [
      'one that the template names',
      template('mine'),
      pod([{ name: 'mine' }]),
      'mine',
    ],
    [
      'the first of the template, with a sidecar after it',
      template('mine', 'logger'),
      pod([{ name: 'mine' }, { name: 'logger' }]),
      'mine',
    ],
    [
      'the first of the template, with a sidecar that a webhook put before it',
      template('mine'),
      pod([ISTIO, { name: 'mine' }]),
      'mine',
    ],
    [
      'not a sidecar of the usual name',
      template('mine', 'ray-job-submitter'),
      pod([{ name: 'mine' }, { name: 'ray-job-submitter' }]),
      'mine',
    ],
    [
      'the one that KubeRay marked, when the job is not known to the full',
      {},
      pod([ISTIO, marked('mine')]),
      'mine',
    ],
    ['the only one', {}, pod([{ name: 'mine' }]), 'mine'],
    ['none of an empty pod', {}, pod([]), undefined],
    [
      "none of the Ray cluster's pods",
      {},
      pod([marked('x')], 'worker'),
      undefined,
    ],
    [
      'the one that is added to the head',
      { submissionMode: 'SidecarMode' },
      pod([{ name: 'ray-head' }, ISTIO, { name: 'ray-job-submitter' }], 'head'),
      'ray-job-submitter',
    ],
    [
      'none of a worker beside such a head',
      { submissionMode: 'SidecarMode' },
      pod([{ name: 'ray-worker' }], 'worker'),
      undefined,
    ],
    [
      'none where KubeRay submits by HTTP',
      { submissionMode: 'HTTPMode' },
      pod([{ name: 'ray-head' }], 'head'),
      undefined,
    ],
  ])('finds %s', (_, spec, where, expected) => {
    expect(submitterContainer({ spec }, where)).toBe(expected);
  });

  it.each(['success', 'sidecar-mode'])('finds one pod of %s', scenario => {
    const found = moments(scenario).flatMap(({ job, pods }) =>
      pods.flatMap(one => submitterContainer(job, one) ?? []),
    );
    expect(new Set(found)).toEqual(new Set(['ray-job-submitter']));
  });
});

describe('submitterStarted', () => {
  const ended = { terminated: { exitCode: 1 } };

  it.each<[string, Omit<ContainerStatus, 'name'>, boolean]>([
    ['waits for its image', { state: { waiting: {} } }, false],
    ['runs', { state: { running: {} } }, true],
    ['has ended', { state: ended }, true],
    ['is started again', { state: { waiting: {} }, lastState: ended }, true],
  ])('tells of a container that %s', (_, status, expected) => {
    const spec = { submissionMode: 'SidecarMode' };
    const head = pod([{ name: 'ray-job-submitter' }], 'head');
    const withStatus = (name: string): Pod => ({
      ...head,
      status: { containerStatuses: [{ name, ...status }] },
    });
    expect(submitterStarted({ spec }, [withStatus('ray-job-submitter')])).toBe(
      expected,
    );
    expect(submitterStarted({ spec }, [withStatus('ray-head')])).toBe(false);
  });
});
