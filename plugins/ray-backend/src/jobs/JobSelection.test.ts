import type { PermittedJob } from '@ml-platform/backstage-plugin-ray-node';
import {
  jobMatcher,
  type JobFilter,
  type JobState,
  type JobSummary,
} from '@ml-platform/rayjob';
import { EVERY_JOB } from '../permissions/Authorizer';
import { JobSelection } from './JobSelection';
import { JobSelections } from './JobSelections';

const STATES: readonly JobState[] = ['running', 'failed', 'succeeded'];

function job(i: number, more: Partial<JobSummary> = {}): JobSummary {
  return {
    cluster: `c${i % 2}`,
    namespace: `team-${i % 3}`,
    name: `j${i}`,
    uid: `${i}`,
    workload: i % 5 ? `w${i % 5}` : undefined,
    owner: `user:default/p${i % 7}`,
    state: STATES[i % 3],
    createdAt: new Date(1.7e12 + i * 60_000).toISOString(),
    attempt: 1,
    resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
    workers: { desired: 0, ready: 0 },
    ...more,
  };
}

const EVERYTHING = { covers: EVERY_JOB, key: 'all' };
const ODD_TEAMS = {
  covers: ({ namespace }: PermittedJob) => namespace !== 'team-0',
  key: 'not team-0',
};

const FILTERS: readonly JobFilter[] = [
  {},
  { state: ['failed', 'running'] },
  { cluster: ['c1'], owner: ['user:default/p3', 'user:default/p4'] },
  { workload: ['w1'], namespace: ['team-1'], state: ['succeeded'] },
  { cluster: ['nowhere'] },
  { q: 'j1', state: ['failed'] },
  { since: new Date(1.7e12 + 3e6).toISOString() },
  { until: new Date(1.7e12 + 3e6).toISOString(), q: 'team-2' },
];

const FIELDS = ['cluster', 'namespace', 'state', 'workload', 'owner'] as const;

/** What the facets of jobs are, found by looking at each job. */
function countEach(jobs: readonly JobSummary[], filter: JobFilter) {
  const passes = (test: JobFilter) => jobs.filter(jobMatcher(test) ?? Boolean);
  const facets = FIELDS.map(field => {
    const counts = new Map<string, number>();
    for (const { [field]: value } of passes({ ...filter, [field]: [] })) {
      if (value !== undefined) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    const values = [...counts].map(([value, count]) => ({ value, count }));
    values.sort((a, b) => (a.value < b.value ? -1 : 1));
    return [field, { values, others: 0 }] as const;
  });
  return { total: passes(filter).length, ...Object.fromEntries(facets) };
}

describe('JobSelections', () => {
  it.each([
    ['of all', EVERYTHING],
    ['of what a reader may see', ODD_TEAMS],
  ])(
    'counts %s as a look at each job would, also after changes',
    (_, scope) => {
      const jobs = new Map<string, JobSummary>();
      const selections = new JobSelections({ jobs: () => jobs.values() });
      const put = (row: JobSummary) => {
        const before = jobs.get(row.name);
        jobs.set(row.name, row);
        selections.change(before, row);
      };
      for (let i = 0; i < 200; i += 1) {
        put(job(i));
      }
      const expectSame = () => {
        const seen = [...jobs.values()].filter(scope.covers);
        for (const filter of FILTERS) {
          const selection = selections.of(filter, scope);
          const expected = countEach(seen, filter);
          expect(selection.facets(filter)).toEqual(expected);
          expect(selection.count(filter)).toBe(expected.total);
          expect([...selection.matching(filter)]).toHaveLength(expected.total);
        }
      };
      expectSame();
      for (let i = 0; i < 200; i += 3) {
        put(job(i, { state: 'stopped', owner: 'user:default/new' }));
        put(job(i + 1, { namespace: 'team-0' }));
      }
      for (let i = 0; i < 200; i += 7) {
        const before = jobs.get(`j${i}`);
        jobs.delete(`j${i}`);
        selections.change(before, undefined);
      }
      expectSame();
    },
  );

  it('looks at each job once for a text, and again after nobody did for a while', () => {
    let now = 1;
    let looks = 0;
    const selections = new JobSelections({
      now: () => now,
      jobs: () => {
        looks += 1;
        return [job(1), job(11), job(2)];
      },
    });
    const found = () => selections.of({ q: 'j1' }, EVERYTHING).size;
    expect([found(), found()]).toEqual([2, 2]);
    expect(selections.of({ q: 'j1' }, ODD_TEAMS).size).toBe(2);
    expect(looks).toBe(2);
    now += 50_000;
    found();
    now += 50_000;
    found();
    expect(looks).toBe(2);
    now += 70_000;
    found();
    expect(looks).toBe(3);
  });
});

describe('JobSelection', () => {
  it('names the most frequent values where there are too many', () => {
    const jobs = Array.from({ length: 1_200 }, (_, i) =>
      job(i, { owner: `user:default/p${String(i).padStart(4, '0')}` }),
    );
    const frequent = jobs[1_100].owner;
    const { owner } = new JobSelection([
      ...jobs,
      job(9_999, { owner: frequent }),
    ]).facets({});
    expect(owner.values).toHaveLength(1_000);
    expect(owner.others).toBe(200);
    expect(owner.values).toContainEqual({ value: frequent, count: 2 });
  });

  it('offers no value that is no text, as git may hold', () => {
    const odd = JSON.parse(
      JSON.stringify({ ...job(1), workload: 7, owner: '' }),
    );
    const selection = new JobSelection([odd, job(2)]);
    expect(selection.facets({}).workload.values).toEqual([
      { value: 'w2', count: 1 },
    ]);
    expect(selection.facets({}).owner.values).toEqual([
      { value: 'user:default/p2', count: 1 },
    ]);
    expect(selection.count({})).toBe(2);
  });
});
