import { FakeGitHub } from '../__testUtils__/FakeGitHub';
import { testRepository } from '../__testUtils__/testRepository';
import { addition } from './fileChange';

const review = {
  labels: ['training'],
  reviewers: ['ada', 'portal'],
  teams: ['platform'],
  autoMerge: 'squash',
} as const;
const WANTED = {
  labels: ['training'],
  // Not the author, of whom GitHub refuses a review.
  reviewers: ['ada'],
  teams: ['platform'],
  autoMerge: 'SQUASH',
};

describe('what is asked for a pull request', () => {
  let github: FakeGitHub;
  let said: string[];

  const ask = () =>
    testRepository(github, { review }).propose(
      {
        branch: 'change/readme',
        changes: [addition('new.md', 'new\n')],
        title: 'Add a file',
        body: '',
      },
      { onProgress: message => said.push(message) },
    );

  beforeEach(async () => {
    github = await FakeGitHub.start();
    said = [];
  });

  afterEach(() => github.stop());

  it('are labels, reviews and that GitHub merges by itself', async () => {
    await ask();
    expect(github.repository.pulls).toMatchObject([WANTED]);
  });

  it.each(['before', 'after'] as const)(
    'comes once though it is killed %s any of its calls',
    async when => {
      await ask();
      const calls = github.requests.length;
      for (let request = 1; request <= calls; request += 1) {
        await github.stop();
        github = await FakeGitHub.start();
        github.failAt({ request, done: when === 'after' });
        await expect(ask()).rejects.toThrow();
        github.failAt(undefined);
        await ask();
        expect(github.repository.pulls).toMatchObject([WANTED]);
      }
    },
  );

  it('does not hold up the pull request where GitHub refuses', async () => {
    const unknown = { status: 422, body: { message: 'Unknown' } };
    const forbidden = { status: 403, body: { message: 'Forbidden' } };
    const refusals = {
      labels: forbidden,
      requested_reviewers: unknown,
      graphql: {
        status: 200,
        body: { errors: [{ message: 'Auto merge is not allowed' }] },
      },
    };
    github.onRequest = line => {
      github.refusal = Object.entries(refusals).find(([end]) =>
        line.endsWith(end),
      )?.[1];
    };
    await expect(ask()).resolves.toMatchObject({ number: 1, created: true });
    expect(said.slice(-3)).toEqual([
      expect.stringMatching(/^GitHub refuses the labels for #1: .*Forbidden/),
      expect.stringMatching(/^GitHub refuses the reviewers for #1: Unknown/),
      expect.stringMatching(
        /^GitHub refuses to turn on auto-merge for #1: .*Auto merge is not allowed/s,
      ),
    ]);
  });

  it('is not asked again of a pull request that was closed', async () => {
    await ask();
    const [pull] = github.repository.pulls;
    pull.state = 'closed';
    pull.labels.length = 0;
    await ask();
    expect(pull.labels).toEqual([]);
  });
});
