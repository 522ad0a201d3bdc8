import type { JobReview } from '@ml-platform/sdk';
import { plain } from '../../terminal/plain';

/** Checks and reviews of the pull request that a job waits for, as lines. */
export function reviewText(review: JobReview): string {
  const { pullRequest, waitsFor, checks, problem } = review;
  const people = (what: string, names: readonly string[]) =>
    names.length > 0 ? `${what}: ${names.join(', ')}` : undefined;
  return [
    `${waitsFor} ${pullRequest.url}`,
    people('Changes asked for by', review.changesRequestedBy),
    people('Review asked of', review.askedFor),
    people('Approved by', review.approvedBy),
    ...(checks ?? []).map(({ name, state, result, url }) => {
      const link = url && state !== 'passed' ? ` ${url}` : '';
      return `Check ${name}: ${result ?? state}${link}`;
    }),
    problem && `GitHub couldn't be asked just now: ${problem}`,
  ]
    .flatMap(line => (line ? [`${plain(line)}\n`] : []))
    .join('');
}
