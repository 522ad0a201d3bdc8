import type { MergeCheck } from './mergeCheck';
import type { Verdicts } from './verdicts';

/** Whether a pull request can be merged, and what it waits for. */
export interface MergeOutlook {
  /**
   * `ready`: it can be merged; `waiting`: for checks or reviews; `blocked`: somebody has
   * to change something; `unknown`: GitHub hasn't found out yet.
   */
  readonly state: 'ready' | 'waiting' | 'blocked' | 'unknown';
  /** What it waits for, in a sentence. */
  readonly waitsFor: string;
}

/** What decides whether a pull request can be merged. */
export interface MergeFacts extends Verdicts {
  /** The branch that it asks to merge into. */
  readonly base: string;
  /** GitHub's word for it, `mergeable_state`. */
  readonly mergeableState: string;
  readonly draft: boolean;
  /** GitHub merges it by itself once all that it requires is there. */
  readonly autoMerge: boolean;
  /** Absent where the portal may not read them. */
  readonly checks?: readonly MergeCheck[];
}

/** Names that a sentence holds; the others are counted. */
const MOST_NAMED = 3;

function named(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  const words =
    rest > 0 ? [...names.slice(0, MOST_NAMED), `${rest} more`] : names;
  return words.length > 1
    ? `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
    : words.join('');
}

function checksThat(checks: readonly MergeCheck[], state: MergeCheck['state']) {
  const names = checks
    .filter(check => check.state === state)
    .map(({ name }) => name);
  return (
    names.length > 0 && {
      many: names.length > 1,
      text: `${names.length > 1 ? 'the checks' : 'the check'} ${named(names)}`,
    }
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What keeps it from being merged until somebody does something. */
function obstacle(facts: MergeFacts): string | undefined {
  const { base, mergeableState, draft, changesRequestedBy, checks } = facts;
  if (draft || mergeableState === 'draft') {
    return "It's a draft; mark it as ready for review.";
  }
  if (mergeableState === 'dirty') {
    return `It conflicts with ${base}; bring its branch up to date.`;
  }
  const failed = checksThat(checks ?? [], 'failed');
  if (failed) {
    return `${capital(failed.text)} failed.`;
  }
  if (changesRequestedBy.length > 0) {
    const verb = changesRequestedBy.length > 1 ? 'ask' : 'asks';
    return `${named(changesRequestedBy)} ${verb} for changes.`;
  }
  return mergeableState === 'behind'
    ? `Its branch must be brought up to date with ${base} first.`
    : undefined;
}

/** Whose answer it waits for. */
function answer({ checks, askedFor }: MergeFacts): string | undefined {
  const running = checksThat(checks ?? [], 'running');
  if (running) {
    return `It waits for ${running.text} to finish.`;
  }
  return askedFor.length > 0
    ? `It waits for a review by ${named(askedFor)}.`
    : undefined;
}

/** Of one that GitHub would merge now, what isn't as it should be all the same. */
function reservation(facts: MergeFacts): string {
  const { checks, changesRequestedBy } = facts;
  const failed = checksThat(checks ?? [], 'failed');
  if (failed) {
    return `, although ${failed.text} failed`;
  }
  if (changesRequestedBy.length > 0) {
    const verb = changesRequestedBy.length > 1 ? 'ask' : 'asks';
    return `, although ${named(changesRequestedBy)} ${verb} for changes`;
  }
  const running = checksThat(checks ?? [], 'running');
  return running
    ? `, although ${running.text} ${running.many ? 'are' : 'is'} still running`
    : '';
}

/** GitHub's words for a pull request that it would merge now. */
const READY: ReadonlySet<string> = new Set(['clean', 'has_hooks', 'unstable']);

/**
 * What a pull request waits for. GitHub alone knows the rules of the branch, so its
 * verdict counts; checks and reviews tell the reason.
 */
export function mergeOutlook(facts: MergeFacts): MergeOutlook {
  const { base, mergeableState, autoMerge, draft } = facts;
  if (READY.has(mergeableState) && !draft) {
    const by = autoMerge ? 'GitHub merges it by itself' : 'It can be merged';
    return { state: 'ready', waitsFor: `${by}${reservation(facts)}.` };
  }
  const blocked = obstacle(facts);
  if (blocked) {
    return { state: 'blocked', waitsFor: blocked };
  }
  const awaited = answer(facts);
  if (awaited) {
    return { state: 'waiting', waitsFor: awaited };
  }
  return mergeableState === 'blocked'
    ? {
        state: 'waiting',
        waitsFor: `The rules of ${base} don't allow the merge yet; an approval or a required check may be missing.`,
      }
    : {
        state: 'unknown',
        waitsFor: "GitHub hasn't found out yet whether it can be merged.",
      };
}
