import { projectProblem, storageNames, storageProblem } from './storageNames';

const LONGEST_PROJECT = `p${'r'.repeat(28)}1`;
const at = (namespace: string, name: string) => ({ namespace, name });

describe('storageNames', () => {
  it('names bucket and account after the project and the resource', () => {
    expect(storageNames('my-project', at('training', 'galaxies'))).toEqual({
      bucket: 'my-project-ws-galaxies-2908b2b9',
      address: 'gs://my-project-ws-galaxies-2908b2b9',
      accountId: 'ws-galaxies-2908b2b9',
      email: 'ws-galaxies-2908b2b9@my-project.iam.gserviceaccount.com',
    });
  });

  it.each([
    ['my-project', at('training', 'a')],
    [LONGEST_PROJECT, at('training', 'a'.repeat(63))],
    [LONGEST_PROJECT, at('t'.repeat(63), `${'a-'.repeat(31)}b`)],
  ])("keeps Google's rules in %s for %j", (project, ref) => {
    const { bucket, accountId } = storageNames(project, ref);
    expect(bucket).toMatch(/^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/);
    expect(accountId).toMatch(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/);
    expect(`${bucket} ${accountId}`).not.toContain('--');
  });

  it.each([
    [
      'names that are the same once they are joined',
      at('a-b', 'c'),
      at('a', 'b-c'),
    ],
    [
      'names that are the same once they are shortened',
      at('training', `${'a'.repeat(40)}b`),
      at('training', `${'a'.repeat(40)}c`),
    ],
    ['namespaces', at('training', 'x'), at('research', 'x')],
  ])('tells apart %s', (_, one, other) => {
    const [first, second] = [one, other].map(ref =>
      storageNames(LONGEST_PROJECT, ref),
    );
    expect(first.bucket).not.toBe(second.bucket);
    expect(first.accountId).not.toBe(second.accountId);
  });
});

describe('storageProblem', () => {
  it.each([at('training', 'galaxies'), at('1', 'a'), at('t', 'a'.repeat(63))])(
    'takes %j',
    ref => expect(storageProblem(ref)).toBeUndefined(),
  );

  it.each([
    [at('training', ''), "can't name a storage"],
    [at('training', 'a_b'), "can't name a storage"],
    [at('training', '1a'), "can't name a storage"],
    [at('training', 'a.b'), "can't name a storage"],
    [at('training', 'a'.repeat(64)), "can't name a storage"],
    [at('training', 'default'), 'use another name'],
    [at('training', 'my-g00gle-data'), 'Google refuses'],
    [at('training', 'goog-data'), 'Google refuses'],
    [at('../x', 'a'), "can't name a namespace"],
    [at('', 'a'), "can't name a namespace"],
  ])('refuses %j', (ref, message) => {
    expect(storageProblem(ref)).toContain(message);
  });
});

describe('projectProblem', () => {
  it.each(['my-project', LONGEST_PROJECT])('takes %s', project => {
    expect(projectProblem(project)).toBeUndefined();
  });

  it.each(['', 'My Project', '1234567', 'short', 'example.com:project'])(
    'refuses %j',
    project => expect(projectProblem(project)).toContain("isn't the id"),
  );
});
