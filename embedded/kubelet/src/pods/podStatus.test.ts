import type {
  ContainerState,
  Pod,
} from '@ml-platform/embedded-controller-runtime';
import { type ContainerRecord, newRecord } from './ContainerRecord';
import { podPhase, podStatus, type PodState } from './podStatus';

type RestartPolicy = Pod['spec']['restartPolicy'];

const pod = (restartPolicy: RestartPolicy): Pod => ({
  metadata: { name: 'p', uid: 'u', resourceVersion: '1', generation: 1 },
  spec: { restartPolicy, containers: [{ name: 'main' }] },
});

const record = (
  state: ContainerState,
  changes: Partial<ContainerRecord> = {},
): ContainerRecord => ({
  ...newRecord({ name: 'main' }, 'ContainerCreating'),
  state,
  ...changes,
});
const ended = (exitCode: number) => ({
  terminated: { exitCode, reason: exitCode ? 'Error' : 'Completed' },
});
const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };
const waiting = { waiting: { reason: 'CrashLoopBackOff' } };

const state = (
  main: ContainerRecord[],
  changes: Partial<PodState> = {},
): PodState => ({
  init: [],
  main,
  prepared: true,
  ending: false,
  startedAt: 0,
  ...changes,
});

describe('podPhase', () => {
  const backing = record(waiting, { lastState: ended(1) });
  const initWaits = record({ waiting: { reason: 'PodInitializing' } });
  it.each<[string, RestartPolicy, PodState, string]>([
    [
      'waits',
      'Always',
      state([record({ waiting: { reason: 'ContainerCreating' } })]),
      'Pending',
    ],
    ['runs', 'Never', state([record(running)]), 'Running'],
    ['has succeeded', 'Never', state([record(ended(0))]), 'Succeeded'],
    ['has failed', 'Never', state([record(ended(3))]), 'Failed'],
    ['will be tried again', 'OnFailure', state([record(ended(3))]), 'Running'],
    ['has ended but restarts', 'Always', state([record(ended(0))]), 'Running'],
    ['crashes in a loop', 'Always', state([backing]), 'Running'],
    [
      'was deleted',
      'Always',
      state([record(ended(1))], { ending: true }),
      'Failed',
    ],
    [
      'was deleted and ended well',
      'Always',
      state([record(ended(0))], { ending: true }),
      'Succeeded',
    ],
    [
      'has one of two left',
      'Never',
      state([record(ended(0)), record(running)]),
      'Running',
    ],
    [
      'initialises',
      'Always',
      state([initWaits], { init: [record(running)] }),
      'Pending',
    ],
    [
      'could not initialise',
      'Never',
      state([initWaits], { init: [record(ended(1))] }),
      'Failed',
    ],
    [
      'initialises again',
      'OnFailure',
      state([initWaits], { init: [record(ended(1))] }),
      'Pending',
    ],
    [
      'lost its node',
      'Always',
      state([record(running)], {
        failure: { reason: 'PlatformRestarted', message: '' },
      }),
      'Failed',
    ],
  ])('of a pod that %s', (_, policy, given, phase) => {
    expect(podPhase(pod(policy), given)).toBe(phase);
  });
});

describe('podStatus', () => {
  const node = { ip: '127.0.0.1' };
  const conditions = (given: PodState, of = pod('Never')) =>
    podStatus(of, given, node, 0).conditions?.map(({ type, status, reason }) =>
      [type, status, reason].filter(Boolean).join(' '),
    );

  // As recorded of a real kubelet.
  it('tells the conditions as kubelet does', () => {
    const waits = record({ waiting: { reason: 'ContainerCreating' } });
    expect(conditions(state([waits], { prepared: false }))).toEqual([
      'PodReadyToStartContainers False',
      'Initialized True',
      'Ready False ContainersNotReady',
      'ContainersReady False ContainersNotReady',
      'PodScheduled True',
    ]);
    expect(conditions(state([record(running, { ready: true })]))).toEqual([
      'PodReadyToStartContainers True',
      'Initialized True',
      'Ready True',
      'ContainersReady True',
      'PodScheduled True',
    ]);
    expect(conditions(state([record(ended(0))], { prepared: false }))).toEqual([
      'PodReadyToStartContainers False',
      'Initialized True PodCompleted',
      'Ready False PodCompleted',
      'ContainersReady False PodCompleted',
      'PodScheduled True',
    ]);
  });

  it('keeps the time of a condition that did not change', () => {
    const first = podStatus(pod('Never'), state([record(running)]), node, 1000);
    const later = podStatus(
      { ...pod('Never'), status: first },
      state([record(running, { ready: true })]),
      node,
      60_000,
    );
    const times = Object.fromEntries(
      (later.conditions ?? []).map(each => [
        each.type,
        each.lastTransitionTime,
      ]),
    );
    expect(times).toMatchObject({
      PodScheduled: '1970-01-01T00:00:01Z',
      Initialized: '1970-01-01T00:00:01Z',
      Ready: '1970-01-01T00:01:00Z',
    });
  });
});
