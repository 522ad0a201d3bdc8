import type { JobReview } from '@ml-platform/sdk';
import { reviewText } from './reviewText';

const REVIEW: JobReview = {
  pullRequest: { url: 'https://git.test/pull/1', number: 1 },
  state: 'ready',
  waitsFor: 'It can be merged.',
  checks: [],
  approvedBy: [],
  changesRequestedBy: [],
  askedFor: [],
};

describe("a pull request's review in a terminal", () => {
  it('is a line when it can be merged', () => {
    expect(reviewText(REVIEW)).toBe(
      'It can be merged. https://git.test/pull/1\n',
    );
  });

  it('names who and what holds it up, with links', () => {
    const text = reviewText({
      ...REVIEW,
      waitsFor: 'The check lint failed.',
      checks: [
        { name: 'lint', state: 'failed', url: 'https://git.test/2' },
        { name: 'slow', state: 'failed', result: 'timed out' },
        { name: 'test', state: 'passed', url: 'https://git.test/3' },
      ],
      approvedBy: ['ada'],
      changesRequestedBy: ['bob'],
      askedFor: ['cyd', 'team ops'],
      problem: 'no answer',
    });
    expect(text).toBe(
      [
        'The check lint failed. https://git.test/pull/1',
        'Changes asked for by: bob',
        'Review asked of: cyd, team ops',
        'Approved by: ada',
        'Check lint: failed https://git.test/2',
        'Check slow: timed out',
        'Check test: passed',
        "GitHub couldn't be asked just now: no answer",
        '',
      ].join('\n'),
    );
  });

  it('shows no control characters of a name', () => {
    const checks = [{ name: 'a\u001b[2Jb', state: 'running' }];
    expect(reviewText({ ...REVIEW, checks })).not.toContain('\u001b');
  });
});
