import { jobResource, parseJobResource } from './jobResource';

const place = { cluster: 'c', namespace: 'training', name: 'run-a' };

it.each(['5c0f', 'git:jobs/training/run-a.yaml'])(
  'names the run with the UID %s',
  uid => {
    const run = { ...place, uid };
    expect(parseJobResource(jobResource(run))).toEqual(run);
  },
);

it('may name a job whatever its run', () => {
  expect(parseJobResource('c/training/run-a')).toEqual(place);
  expect(parseJobResource(jobResource({ ...place, uid: '' }))).toEqual(place);
});

it('takes what is no job for one that is nowhere', () => {
  expect(parseJobResource('nonsense')).toEqual({
    cluster: 'nonsense',
    namespace: '',
    name: '',
  });
});
