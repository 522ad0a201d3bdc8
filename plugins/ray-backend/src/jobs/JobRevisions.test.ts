import { EVERY_JOB } from '../permissions/Authorizer';
import { JobRevisions } from './JobRevisions';

const ALL = { covers: EVERY_JOB, key: 'all' };

describe('the revision of the list of jobs', () => {
  const index = { lastSeq: 7 };
  const clusters = { complete: true, all: () => [{ synced: true }] };
  const revisions = (epoch: string, over: object = {}) =>
    new JobRevisions({ index, clusters: { ...clusters, ...over }, epoch });

  it('differs after a change, in another process and for other rights', () => {
    const here = revisions('here');
    const own = { covers: () => false, key: 'own' };
    const seen = [
      here.of(ALL).revision,
      here.of(own).revision,
      revisions('there').of(ALL).revision,
    ];
    expect(here.of(ALL).revision).toBe(seen[0]);
    index.lastSeq += 1;
    seen.push(here.of(ALL).revision);
    expect(new Set(seen).size).toBe(4);
  });

  it.each([
    ['a cluster is not read yet', { all: () => [{ synced: false }] }],
    ['clusters are still looked for', { complete: false }],
  ])('says that jobs may be missing while %s', (_, over) => {
    expect(revisions('here').of(ALL).complete).toBe(true);
    expect(revisions('here', over).of(ALL).complete).toBe(false);
  });
});
