import type {
  JobReview,
  ReviewCheck,
} from '@ml-platform/backstage-plugin-ray-common';

/** How a part of a review stands. */
export type FactState = ReviewCheck['state'];

/** One line of what decides about a merge. */
export interface ReviewFact {
  readonly id: string;
  readonly state: FactState;
  readonly text: string;
  /** What is said of it. */
  readonly note: string;
  readonly url?: string;
}

const NOTES: Readonly<Record<FactState, string>> = {
  failed: 'failed',
  running: 'running',
  passed: 'passed',
};

/** Passed checks that are named; the others are counted. */
const MOST_PASSED = 5;

function ofCheck({ name, state, result, url }: ReviewCheck, index: number) {
  const known: FactState = Object.hasOwn(NOTES, state) ? state : 'running';
  const note = result ?? NOTES[known];
  return { id: `check ${index}`, state: known, text: name, note, url };
}

function ofPeople(
  names: readonly string[],
  state: FactState,
  note: string,
): ReviewFact[] {
  return names.map(text => ({ id: `${note} ${text}`, state, text, note }));
}

/** Checks and reviews, those first that hold up the merge. */
export function reviewFacts(review: JobReview): readonly ReviewFact[] {
  const checks = (review.checks ?? []).map(ofCheck);
  const passed = checks.filter(({ state }) => state === 'passed');
  const rest = passed.length - MOST_PASSED;
  return [
    ...checks.filter(({ state }) => state === 'failed'),
    ...ofPeople(review.changesRequestedBy, 'failed', 'asks for changes'),
    ...checks.filter(({ state }) => state === 'running'),
    ...ofPeople(review.askedFor, 'running', 'asked for a review'),
    ...ofPeople(review.approvedBy, 'passed', 'approved'),
    ...passed.slice(0, MOST_PASSED),
    ...(rest > 0
      ? [
          {
            id: 'others',
            state: 'passed' as const,
            text: rest === 1 ? '1 more check' : `${rest} more checks`,
            note: 'passed',
          },
        ]
      : []),
  ];
}
