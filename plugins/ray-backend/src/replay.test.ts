import {
  jobSummary,
  SUBMITTER_CONTAINER,
  type JobAttempt,
  type JobSummary,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  furtherScenarios,
  recordedMoments,
  scenarios,
  type RecordedLog,
} from '@ml-platform/backstage-plugin-ray-common/testUtils';
import { seeRecordings, type Seen } from './__testUtils__/seeRecordings';
import type { SeenLog } from './__testUtils__/Viewer';

const PATIENCE = 120_000;

const recordings = [...scenarios, ...furtherScenarios];

/** Scenarios that leave a log in the archive: their drivers ran and ended. */
const ENDED = [
  'deleted',
  'exception',
  'existing-cluster',
  'failure',
  'finished-deleted',
  'retry',
  'sidecar-mode',
  'stopped',
  'success',
];
/** Scenarios whose driver runs in a container of its own. */
const SUBMITTED = ['deadline', ...ENDED];
/** Scenarios whose pods are there to the end. */
const KEPT = ['deadline', 'exception', 'existing-cluster', 'stopped'];

/** Number of the attempt, state and reason, as they changed. */
function story(rows: readonly JobSummary[]): string[] {
  const told = rows.map(({ attempt, state, reason }) =>
    [attempt, state, reason].filter(Boolean).join(' '),
  );
  return told.filter((line, i) => line !== told[i - 1]);
}

/** The lines as the kubelet gives them out. */
function stamped(log: SeenLog, source?: string): string[] {
  return log.lines
    .filter(line => source === undefined || line.source === source)
    .map(({ time, text }) => `${time} ${text}`);
}

/** What the drivers wrote, attempt after attempt. */
function written({ recording }: Seen): string[] {
  return driverLogs(recording.logs).flatMap(({ lines }) => lines);
}

function driverLogs(logs: readonly RecordedLog[]): RecordedLog[] {
  return logs
    .filter(({ container }) => container === SUBMITTER_CONTAINER)
    .sort((a, b) => a.lines[0].localeCompare(b.lines[0]));
}

const STARTING = [
  '1 pending Created',
  '1 pending Initializing',
  '1 pending Submitting',
];

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

  it.each<[string, string[]]>([
    [
      'success',
      [...STARTING, '1 running', '1 running Finishing', '1 succeeded'],
    ],
    [
      'failure',
      [...STARTING, '1 running', '1 running Finishing', '1 failed AppFailed'],
    ],
    [
      'exception',
      [...STARTING, '1 running', '1 running Finishing', '1 failed AppFailed'],
    ],
    [
      'stopped',
      [...STARTING, '1 running', '1 running Finishing', '1 stopped Stopped'],
    ],
    ['deadline', [...STARTING, '1 running', '1 failed DeadlineExceeded']],
    ['deleted', [...STARTING, '1 running', '1 stopped Deleted']],
    [
      'existing-cluster',
      [...STARTING, '1 running', '1 running Finishing', '1 succeeded'],
    ],
    [
      'finished-deleted',
      [...STARTING, '1 running', '1 running Finishing', '1 succeeded'],
    ],
    ['http-mode', [...STARTING, '1 running', '1 succeeded']],
    ['sidecar-mode', [...STARTING, '1 running Finishing', '1 succeeded']],
    [
      'retry',
      [
        ...STARTING,
        '1 running Finishing',
        '1 retrying AppFailed',
        '2 retrying Retrying',
        '2 pending Initializing',
        '2 pending Submitting',
        '2 running Finishing',
        '2 failed AppFailed',
      ],
    ],
    [
      'image-pull',
      [
        '1 pending Created',
        '1 pending Initializing',
        '1 pending ErrImagePull',
        '1 pending ImagePullBackOff',
        '1 pending ErrImagePull',
        '1 pending ImagePullBackOff',
        '1 pending ErrImagePull',
      ],
    ],
    ['invalid', ['1 suspended Suspended', '1 failed ValidationFailed']],
    [
      'unschedulable',
      [
        '1 pending Created',
        '1 pending Initializing',
        '1 pending Unschedulable',
      ],
    ],
  ])('lists %s through its states', (scenario, expected) => {
    expect(story(see(scenario).rows)).toEqual(expected);
  });

  it.each(recordings.filter(scenario => !scenario.endsWith('deleted')))(
    'lists %s in the end as the rules read its last objects',
    scenario => {
      const last = recordedMoments(scenario).at(-1);
      const row = last && jobSummary('c', last.job, last.pods);
      expect(see(scenario).rows.at(-1)).toEqual(
        JSON.parse(JSON.stringify(row)),
      );
    },
  );

  it('remembers the attempts that KubeRay forgets', () => {
    expect(see('retry').detail.attempts).toEqual<JobAttempt[]>([
      {
        attempt: 1,
        rayCluster: 'retry-hlm9t',
        startedAt: '2026-11-23T21:09:05Z',
        endedAt: '2026-11-23T21:09:27Z',
        state: 'failed',
        reason: 'AppFailed',
      },
      {
        attempt: 2,
        rayCluster: 'retry-vhhq8',
        startedAt: '2026-11-23T21:09:35Z',
        endedAt: '2026-11-23T21:10:11Z',
        state: 'failed',
        reason: 'AppFailed',
      },
    ]);
  });

  it.each(recordings)('tells of %s how its last attempt stands', scenario => {
    const { rows, detail } = see(scenario);
    const { state, reason, attempt, endedAt } = rows.at(-1) ?? {};
    expect(detail.attempts.at(-1)).toMatchObject(
      JSON.parse(JSON.stringify({ state, reason, attempt, endedAt })),
    );
  });

  it.each(SUBMITTED)('follows the log of %s to the last line', scenario => {
    const seen = see(scenario);
    expect(stamped(seen.followed)).toEqual(written(seen));
  });

  it.each(SUBMITTED)(
    'loses and repeats no line of %s over any number of connections',
    scenario => {
      const seen = see(scenario);
      expect(stamped(seen.resumed)).toEqual(written(seen));
      expect(seen.resumed.cursors.length).toBeGreaterThan(2);
    },
  );

  it.each(ENDED)('ends the log of %s, and archives all of it', scenario => {
    const seen = see(scenario);
    expect(seen.followed.end).toBe('completed');
    expect(seen.resumed.end).toBe('completed');
    expect(stamped(seen.afterwards)).toEqual(written(seen));
    expect(seen.afterwards.cursors.at(-1)).toMatch(/^archive~/);
  });

  it('says where the log of one attempt ends and the next begins', () => {
    const { followed, afterwards, firstAttempt, recording } = see('retry');
    expect(followed.gaps).toEqual([
      'The job was submitted again; what follows is the log of the new attempt',
    ]);
    expect(afterwards.gaps).toEqual([
      'Attempt 1 ended here; what follows is the log of attempt 2',
    ]);
    const [first] = driverLogs(recording.logs);
    expect(stamped(firstAttempt)).toEqual(first.lines);
  });

  it.each(recordings)('merges the logs of all containers of %s', scenario => {
    const { recording, merged } = see(scenario);
    for (const { pod, container, lines } of recording.logs) {
      expect(stamped(merged, `${pod}/${container}`)).toEqual(lines);
    }
    expect(merged.gaps).toEqual([]);
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

  it.each(['image-pull', 'invalid', 'unschedulable'])(
    'has no log of %s, as its driver never ran',
    scenario => {
      expect(see(scenario).afterwards.end).toBe('not-found');
    },
  );
});
