import {
  jobAttempts,
  jobSummary,
  keepCause,
  SUBMITTER_CONTAINER,
  type JobAttempt,
  type JobSummary,
  type Pod,
  type RayJob,
} from '@ml-platform/rayjob';
import {
  furtherScenarios,
  recordedMoments,
  scenarios,
  type Recording,
} from '@ml-platform/recordings';
import { seeRecordings, type Seen } from './__testUtils__/seeRecordings';
import type { SeenLog } from './__testUtils__/Viewer';

const PATIENCE = 120_000;

const recordings = [...scenarios, ...furtherScenarios];

/** Scenarios without a log of a driver: it never ran, or nobody recorded it. */
const NO_LOG = ['http-mode', 'image-pull', 'invalid', 'unschedulable'];
const DRIVEN = recordings.filter(scenario => !NO_LOG.includes(scenario));
/** The driver of a job that failed by its deadline goes on. */
const ENDED = DRIVEN.filter(scenario => scenario !== 'deadline');
const AGAIN =
  'The job was submitted again; what follows is the log of the new attempt';

const ANEW =
  'Ray ran the entrypoint again; what follows is what it wrote this time';

/** KubeRay removed the cluster before Ray was heard to say that the job is over. */
const UNREAD =
  'The Ray cluster was removed before the end of the log was read; the last lines may be missing';

/** Scenarios whose pods are there to the end. */
const KEPT = ['deadline', 'exception', 'existing-cluster', 'stopped'];

/** Number of the attempt, state and reason, as they changed. */
function story(rows: readonly JobSummary[]): string[] {
  const told = rows.map(({ attempt, state, reason }) =>
    [attempt, state, reason].filter(Boolean).join(' '),
  );
  return told.filter((line, i) => line !== told[i - 1]);
}

/** The rows as the rules read them from each change. */
function rowsOf(scenario: string): JobSummary[] {
  let attempts: readonly JobAttempt[] = [];
  return recordedMoments<RayJob, Pod>(scenario).map(({ job, pods }) => {
    attempts = jobAttempts(attempts, job);
    const row = jobSummary('c', job, pods);
    return { ...row, attempt: attempts.at(-1)?.attempt ?? row.attempt };
  });
}

/** The lines as the kubelet gives them out. */
function stamped(log: SeenLog, source?: string): string[] {
  return log.lines
    .filter(line => source === undefined || line.source === source)
    .map(({ time, text }) => (time ? `${time} ${text}` : text));
}

/** What the drivers wrote, one after the other. */
function written({ recording }: Seen): string[] {
  return driverLogs(recording).flat();
}

/** What each driver wrote: its container, or what Ray's Job API said last. */
function driverLogs({ logs, changes }: Recording): (readonly string[])[] {
  const answers = new Map<string, readonly string[]>();
  for (const change of changes) {
    if (change.type === 'RAY') {
      const { jobId, logs: text } = change.answer;
      answers.set(jobId, text.trimEnd().split('\n'));
    }
  }
  const containers = logs
    .filter(({ container }) => container === SUBMITTER_CONTAINER)
    .map(({ lines }) => lines)
    .sort((a, b) => a[0].localeCompare(b[0]));
  return [...containers, ...answers.values()];
}

describe('recordings of the KubeRay operator, seen through the portal', () => {
  let all: ReadonlyMap<string, Seen>;

  beforeAll(async () => {
    all = await seeRecordings(recordings);
  }, PATIENCE);

  const see = (scenario: string): Seen => {
    const seen = all.get(scenario);
    if (!seen) {
      throw new Error(`${scenario} was not played`);
    }
    return seen;
  };

  it.each(recordings)(
    'lists %s through the states that the rules read from each change',
    scenario => {
      const rows = rowsOf(scenario);
      const end = scenario === 'deleted' ? ['1 stopped Deleted'] : [];
      expect(story(see(scenario).rows)).toEqual([...story(rows), ...end]);
    },
  );

  it('lists a retried job with the number of its attempt', () => {
    expect(story(see('retry').rows)).toEqual([
      '1 pending Created',
      '1 pending Initializing',
      '1 pending Submitting',
      '1 running Finishing',
      '1 retrying AppFailed',
      '2 retrying Retrying',
      '2 pending Initializing',
      '2 pending Submitting',
      '2 running Finishing',
      '2 failed AppFailed',
    ]);
  });

  it.each(recordings.filter(scenario => !scenario.endsWith('deleted')))(
    'lists %s in the end as the rules read its last objects',
    scenario => {
      // The cause that was seen before stays first.
      const last = rowsOf(scenario).reduce((before, row) =>
        keepCause(row, before),
      );
      expect(see(scenario).rows.at(-1)).toEqual(
        JSON.parse(JSON.stringify(last)),
      );
    },
  );

  it('remembers the attempts that KubeRay forgets', () => {
    const head = {
      scheduledAt: expect.any(String),
      startedAt: expect.any(String),
    };
    expect(see('retry').detail.attempts).toEqual<JobAttempt[]>([
      {
        attempt: 1,
        jobId: 'retry-2ddkl',
        rayCluster: 'retry-hlm9t',
        startedAt: '2026-11-23T21:09:05Z',
        entrypointStartedAt: '2026-11-23T21:09:25Z',
        head,
        endedAt: '2026-11-23T21:09:27Z',
        state: 'failed',
        reason: 'AppFailed',
      },
      {
        attempt: 2,
        jobId: 'retry-lzxh2',
        rayCluster: 'retry-vhhq8',
        startedAt: '2026-11-23T21:09:35Z',
        entrypointStartedAt: '2026-11-23T21:10:01Z',
        head,
        endedAt: '2026-11-23T21:10:11Z',
        state: 'failed',
        reason: 'AppFailed',
      },
    ]);
  });

  it('remembers the run that KubeRay forgets when it suspends a job', () => {
    const { detail, firstAttempt, recording } = see('suspend-resume');
    expect(detail.attempts).toMatchObject([
      {
        attempt: 1,
        jobId: 'suspend-resume-ptfll',
        rayCluster: 'suspend-resume-275rf',
        startedAt: '2026-11-25T19:04:09Z',
        endedAt: expect.any(String),
        state: 'suspended',
        reason: 'Suspended',
      },
      {
        attempt: 2,
        jobId: 'suspend-resume-n79n2',
        rayCluster: 'suspend-resume-rfjbl',
        startedAt: '2026-11-25T19:04:39Z',
        endedAt: '2026-11-25T19:05:20Z',
        state: 'succeeded',
      },
    ]);
    expect(detail.logSources.map(({ id }) => id)).toContain('driver/1');
    expect(stamped(firstAttempt)).toEqual(driverLogs(recording)[0]);
  });

  it.each(recordings)('tells of %s how its last attempt stands', scenario => {
    const { rows, detail } = see(scenario);
    const { state, reason, attempt, endedAt } = rows.at(-1) ?? {};
    expect(detail.attempts.at(-1)).toMatchObject(
      JSON.parse(JSON.stringify({ state, reason, attempt, endedAt })),
    );
  });

  it.each(DRIVEN)('follows the log of %s to the last line', scenario => {
    const seen = see(scenario);
    expect(stamped(seen.followed)).toEqual(written(seen));
  });

  it.each(DRIVEN)(
    'loses and repeats no line of %s over any number of connections',
    scenario => {
      const seen = see(scenario);
      expect(stamped(seen.resumed)).toEqual(written(seen));
      expect(seen.resumed.cursors.length).toBeGreaterThan(1);
    },
  );

  it.each(ENDED)('ends the log of %s, and archives all of it', scenario => {
    const seen = see(scenario);
    // The pods of a deleted job may go before they are seen to have ended.
    const end = scenario === 'deleted' ? /^(completed|deleted)$/ : 'completed';
    expect(seen.followed.end).toMatch(end);
    expect(seen.resumed.end).toMatch(end);
    expect(stamped(seen.afterwards)).toEqual(written(seen));
    expect(seen.afterwards.cursors.at(-1)).toMatch(/^[^~]+~archive~/);
  });

  it('says where the log of one attempt ends and the next begins', () => {
    const { followed, afterwards, firstAttempt, recording } = see('retry');
    expect(followed.gaps).toEqual([AGAIN]);
    expect(afterwards.gaps).toEqual([
      'Attempt 1 ended here; what follows is the log of attempt 2',
    ]);
    const [first] = driverLogs(recording);
    expect(stamped(firstAttempt)).toEqual(first);
  });

  it.each(recordings)('merges the logs of all containers of %s', scenario => {
    const { recording, merged } = see(scenario);
    for (const { pod, container, lines } of recording.logs) {
      expect(stamped(merged, `${pod}/${container}`)).toEqual(lines);
    }
    const told = [AGAIN, ANEW, UNREAD].map(gap => `driver: ${gap}`);
    const gaps = merged.gaps.filter(gap => !told.includes(gap));
    expect(gaps).toEqual([]);
  });

  it('merges what Ray has of a driver that is in no container', () => {
    const seen = see('http-retry');
    expect(stamped(seen.merged, 'driver')).toEqual(written(seen));
    expect(seen.merged.gaps).toContain(`driver: ${AGAIN}`);
  });

  it.each([
    ['retry', AGAIN],
    ['http-retry', AGAIN],
    ['lost-head', ANEW],
    ['suspend-resume', AGAIN],
  ])('continues with the next driver of %s, and says so', (scenario, gap) => {
    const { followed, resumed } = see(scenario);
    for (const { gaps } of [followed, resumed]) {
      expect(gaps.filter(one => one !== UNREAD)).toEqual([gap]);
    }
  });

  it.each(KEPT)('reads what is there of %s by time', scenario => {
    const { recording, left } = see(scenario);
    const lines = recording.logs.flatMap(log => log.lines);
    const times = left.lines.map(({ time }) => time);
    expect(stamped(left).sort()).toEqual(lines.sort());
    expect(times).toEqual([...times].sort());
  });

  it.each([
    ['image-pull', /^The image localhost:5000\/missing:1 .* can't be pulled/],
    ['unschedulable', /^No node has room for unschedulable-/],
  ])('waits for the log of %s, and says for what', (scenario, message) => {
    const { followed } = see(scenario);
    expect(followed.lines).toEqual([]);
    expect(followed.end).toBeUndefined();
    expect(followed.waits.at(-1)).toMatch(message);
  });

  it.each([
    ['image-pull', 'not-found'],
    ['unschedulable', 'not-found'],
    ['invalid', '410'],
  ])('has no log of %s, because its driver never ran', (scenario, end) => {
    expect(see(scenario).afterwards.end).toBe(end);
  });
});
