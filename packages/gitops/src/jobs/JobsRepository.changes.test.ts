import { FakeGitHub } from '../__testUtils__/FakeGitHub';
import { testRepository } from '../__testUtils__/testRepository';
import { blobSha } from '../write/fileChange';
import { jobBranch } from './jobBranch';

const REF = { cluster: 'c', namespace: 'training', name: 'hello-1' };
const PATH = 'gitops/clusters/c/jobs/training/hello-1.yaml';
const OTHER = 'gitops/clusters/c/jobs/other/hello-1.yaml';

const manifest = (namespace = 'training', name = 'hello-1') =>
  `apiVersion: ray.io/v1\nkind: RayJob\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;

/** Each change that is asked for, and what its branch holds. */
const CHANGES = {
  run: {
    start: { 'README.md': '# Platform\n' },
    branch: jobBranch('run', REF),
    ask: (github: FakeGitHub) =>
      testRepository(github).openRun({
        ref: REF,
        content: manifest(),
        title: 'Run hello-1',
        body: 'Merge me',
      }),
    holds: { 'README.md': '# Platform\n', [PATH]: manifest() },
  },
  stop: {
    start: { [PATH]: manifest(), [OTHER]: manifest('other') },
    branch: jobBranch('stop', REF),
    ask: (github: FakeGitHub) =>
      testRepository(github).removeJob(REF, {
        verb: 'stop',
        requester: 'user:default/ada',
      }),
    holds: { [OTHER]: manifest('other') },
  },
  modify: {
    start: { 'README.md': 'old\n' },
    branch: 'change/readme',
    ask: (github: FakeGitHub) =>
      testRepository(github).propose({
        branch: 'change/readme',
        changes: [
          {
            path: 'README.md',
            content: 'new\n',
            replaces: blobSha('old\n'),
          },
        ],
        title: 'Change the README',
        body: '',
      }),
    holds: { 'README.md': 'new\n' },
  },
};

describe.each(Object.entries(CHANGES))(
  'the pull request of a change: %s',
  (_, { start, branch, ask, holds }) => {
    let github: FakeGitHub;

    beforeEach(async () => {
      github = await FakeGitHub.start(start);
    });

    afterEach(() => github.stop());

    const seen = () =>
      Object.fromEntries(github.repository.files(branch) ?? []);

    it('brings the change in one commit on top of the base', async () => {
      await expect(ask(github)).resolves.toMatchObject({
        url: `${github.repoUrl}/pull/1`,
        number: 1,
        state: 'open',
        created: true,
        branch,
      });
      expect(seen()).toEqual(holds);
      expect(Object.fromEntries(github.repository.files('main') ?? [])).toEqual(
        start,
      );
    });

    it('is found again', async () => {
      const first = await ask(github);
      await expect(ask(github)).resolves.toEqual({ ...first, created: false });
      expect(github.repository.pulls).toHaveLength(1);
    });

    it.each(['before', 'after'] as const)(
      'is one though it is killed %s any of its calls',
      async when => {
        await ask(github);
        const calls = github.requests.length;
        expect(calls).toBeGreaterThan(6);
        for (let request = 1; request <= calls; request++) {
          await github.stop();
          github = await FakeGitHub.start(start);
          github.failAt({ request, done: when === 'after' });
          await expect(ask(github)).rejects.toThrow();
          github.failAt(undefined);
          await expect(ask(github)).resolves.toMatchObject({
            number: 1,
            state: 'open',
            created: !(when === 'after' && request === calls),
          });
          expect(github.repository.pulls).toHaveLength(1);
          expect(seen()).toEqual(holds);
        }
      },
    );

    it('is one though several ask at once, and nobody moves its branch', async () => {
      const results = await Promise.all([1, 2, 3, 4].map(() => ask(github)));
      expect(new Set(results.map(({ number }) => number))).toEqual(
        new Set([1]),
      );
      expect(results.filter(({ created }) => created)).toHaveLength(1);
      expect(seen()).toEqual(holds);
      expect(
        github.requests.filter(line => /^(PATCH|PUT|DELETE)/.test(line)),
      ).toEqual([]);
    });

    it("isn't mistaken for one of a fork", async () => {
      github.repository.open(branch, { from: 'stranger/ml-platform' });
      await expect(ask(github)).resolves.toMatchObject({
        number: 2,
        created: true,
      });
    });

    it("isn't opened when the caller has given up", async () => {
      const stop = new AbortController();
      github.onRequest = line => {
        if (line.startsWith('POST') && line.endsWith('/git/commits')) {
          stop.abort();
        }
      };
      await expect(
        testRepository(github).propose(
          {
            branch,
            changes: [{ path: 'x', content: 'x', replaces: undefined }],
            title: 'x',
            body: '',
          },
          { signal: stop.signal },
        ),
      ).rejects.toThrow(/abort/i);
      expect(github.repository.refs.has(`heads/${branch}`)).toBe(false);
      expect(github.repository.pulls).toEqual([]);
    });
  },
);

describe('running a job through git', () => {
  let github: FakeGitHub;

  beforeEach(async () => {
    github = await FakeGitHub.start({ [PATH]: 'kind: Other\n' });
  });

  afterEach(() => github.stop());

  it('sends a request again that GitHub failed to answer, if told so', async () => {
    github.refusal = { status: 502, body: { message: 'Bad gateway' } };
    const asked = testRepository(github, { retries: 1 }).headCommit();
    github.onRequest = () => {
      if (github.requests.length > 1) {
        github.refusal = undefined;
      }
    };
    await expect(asked).resolves.toMatch(/^[0-9a-f]{40}$/);
    github.refusal = { status: 502, body: { message: 'Bad gateway' } };
    github.failAt(undefined);
    await expect(testRepository(github).headCommit()).rejects.toThrow();
    expect(github.requests).toHaveLength(1);
  });

  it('never overwrites a file of the base', async () => {
    await expect(CHANGES.run.ask(github)).rejects.toThrow(
      `${PATH} exists on main already and is never overwritten`,
    );
    expect(github.repository.refs.size).toBe(1);
  });

  it('refuses a branch that holds something else', async () => {
    github.repository.change('main', { [PATH]: undefined });
    github.repository.change(CHANGES.run.branch, { [PATH]: 'kind: Other\n' });
    await expect(CHANGES.run.ask(github)).rejects.toThrow(
      `Branch ${CHANGES.run.branch} exists with another change`,
    );
    expect(github.repository.pulls).toEqual([]);
  });

  it.each([
    ['merged', '2026-01-01T00:00:00Z'],
    ['closed', null],
  ])(
    'asks for no second run when the first was %s',
    async (state, mergedAt) => {
      github.repository.change('main', { [PATH]: undefined });
      await CHANGES.run.ask(github);
      const [pull] = github.repository.pulls;
      Object.assign(pull, { state: 'closed', mergedAt });
      github.repository.refs.delete(`heads/${CHANGES.run.branch}`);
      await expect(CHANGES.run.ask(github)).resolves.toMatchObject({
        number: 1,
        state,
      });
      expect(github.repository.pulls).toHaveLength(1);
    },
  );

  it('closes the pull request and deletes the branch when it is withdrawn', async () => {
    github.repository.change('main', { [PATH]: undefined });
    await CHANGES.run.ask(github);
    const { branch } = CHANGES.run;
    await expect(
      testRepository(github).withdraw(branch),
    ).resolves.toBeUndefined();
    await expect(
      testRepository(github).withdraw(branch),
    ).resolves.toBeUndefined();
    expect(github.repository.pulls[0].state).toBe('closed');
    expect(github.repository.refs.has(`heads/${CHANGES.run.branch}`)).toBe(
      false,
    );
  });

  it.each(['before', 'meanwhile'])(
    'tells of a pull request that was merged %s when it is withdrawn',
    async when => {
      github.repository.change('main', { [PATH]: undefined });
      const { url } = await CHANGES.run.ask(github);
      const [pull] = github.repository.pulls;
      if (when === 'before') {
        github.repository.merge(pull);
      } else {
        github.onRequest = line => {
          if (line.startsWith('PATCH')) {
            github.repository.merge(pull);
          }
        };
      }
      await expect(
        testRepository(github).withdraw(CHANGES.run.branch),
      ).resolves.toMatchObject({ url, state: 'merged' });
    },
  );
});

describe('removing a job through git', () => {
  let github: FakeGitHub;

  beforeEach(async () => {
    github = await FakeGitHub.start(CHANGES.stop.start);
  });

  afterEach(() => github.stop());

  const remove = (ref = REF, verb: 'stop' | 'delete' = 'stop') =>
    testRepository(github).removeJob(ref, {
      verb,
      requester: 'user:default/ada',
    });

  it('asks for each of two jobs of one name apart', async () => {
    const first = await remove();
    const second = await remove({ ...REF, namespace: 'other' });
    expect([first.number, second.number]).toEqual([1, 2]);
    expect([...(github.repository.files(second.branch)?.keys() ?? [])]).toEqual(
      [PATH],
    );
  });

  it('asks once, whether a job is to be stopped or deleted', async () => {
    const first = await remove();
    await expect(remove(REF, 'delete')).resolves.toEqual({
      ...first,
      created: false,
    });
  });

  it('asks again after a reviewer closed the first', async () => {
    const first = await remove();
    github.repository.pulls[0].state = 'closed';
    const results = await Promise.all([remove(), remove()]);
    expect(results.map(({ number }) => number)).toEqual([2, 2]);
    expect(results[0].branch).not.toBe(first.branch);
  });

  it('answers with the merged one until the engine has removed the job', async () => {
    await remove();
    github.repository.merge(github.repository.pulls[0]);
    await expect(remove()).resolves.toMatchObject({
      number: 1,
      state: 'merged',
      created: false,
    });
  });

  it('refuses a job that the repository does not hold', async () => {
    await expect(remove({ ...REF, name: 'hello-2' })).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('nothing to remove for hello-2'),
    });
  });

  it.each([
    ['another job', manifest('training', 'other')],
    ['a job of another namespace', manifest('other')],
    ['another kind', 'kind: Secret\n'],
    ['more than the job', `${manifest()}---\n${manifest('other')}`],
    ['what is no YAML', 'a: ['],
  ])('leaves alone a file that holds %s', async (_, text) => {
    github.repository.change('main', { [PATH]: text });
    await expect(remove()).rejects.toThrow(
      `${PATH} doesn't hold the RayJob training/hello-1`,
    );
    expect(github.repository.refs.size).toBe(1);
  });

  it.each([
    { ...REF, namespace: '../../../.github' },
    { ...REF, name: '../other/hello-1' },
    { ...REF, cluster: '..' },
  ])(
    'never leaves the folder of jobs: $cluster/$namespace/$name',
    async ref => {
      await expect(remove(ref)).rejects.toThrow(/path/);
      expect(github.repository.refs.size).toBe(1);
    },
  );

  it('lets no requester write markup', async () => {
    await testRepository(github).removeJob(REF, {
      verb: 'delete',
      requester: 'a`b\n\n# @all',
    });
    expect(github.repository.pulls[0].body).toContain('`` a`b # @all ``');
  });
});
