import type { Pod } from '../objects/kubernetes';
import { moments } from '../__testUtils__/moments';
import { jobAttempts } from './jobAttempts';
import type { JobAttempt } from './types';
import { withHead } from './withHead';

const FIRST: JobAttempt = { attempt: 1, state: 'running' };
const SCHEDULED = '2026-11-25T19:04:10Z';
const STARTED = '2026-11-25T19:04:12Z';

function head(status: Pod['status'] = {}): Pod {
  return {
    metadata: { name: 'j-head', labels: { 'ray.io/node-type': 'head' } },
    spec: { containers: [{ name: 'ray-head' }] },
    status,
  };
}

const started = (restartCount: number) =>
  head({
    conditions: [
      {
        type: 'PodScheduled',
        status: 'True',
        lastTransitionTime: SCHEDULED,
      },
    ],
    containerStatuses: [
      {
        name: 'ray-head',
        ready: true,
        restartCount,
        state: { running: { startedAt: STARTED } },
      },
    ],
  });

describe('withHead', () => {
  it('adds what the head says to the last attempt', () => {
    const attempts = [FIRST, { ...FIRST, attempt: 2 }];
    expect(withHead(attempts, [started(0)])).toEqual([
      FIRST,
      {
        ...FIRST,
        attempt: 2,
        head: { scheduledAt: SCHEDULED, startedAt: STARTED },
      },
    ]);
  });

  it('keeps what is known where the head is gone', () => {
    const known = withHead([FIRST], [started(0)]);
    expect(withHead(known, [])).toBe(known);
    expect(withHead([], [started(0)])).toEqual([]);
  });

  it('keeps the first start of a container that was restarted', () => {
    const known = withHead([FIRST], [started(0)]);
    expect(withHead(known, [started(1)])).toEqual(known);
    expect(withHead([FIRST], [started(1)])).toEqual([FIRST]);
  });

  it('keeps it for each attempt of a job that KubeRay retries', () => {
    const attempts = moments('retry').reduce<{
      readonly known: readonly JobAttempt[];
      readonly pods: readonly Pod[];
    }>(
      ({ known, pods }, moment) => ({
        known: jobAttempts(withHead(known, pods), moment.job),
        pods: moment.pods,
      }),
      { known: [], pods: [] },
    ).known;
    const times = attempts.map(one => [
      one.startedAt,
      one.head?.scheduledAt,
      one.head?.startedAt,
      one.entrypointStartedAt,
    ]);
    expect(times).toHaveLength(2);
    for (const known of times) {
      expect(known).toEqual([...known].sort());
      expect(known).not.toContain(undefined);
    }
  });
});
