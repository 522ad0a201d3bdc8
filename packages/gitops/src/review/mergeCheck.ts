/** A check of a pull request's last commit: a check run or a commit status. */
export interface MergeCheck {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'running';
  /** Web page of the check. */
  readonly url?: string;
  /** How it ended in GitHub's words, where that says more, for example `timed out`. */
  readonly result?: string;
}

/** What is read of an entry of `GET /repos/{owner}/{repo}/commits/{ref}/check-runs`. */
export interface CheckRunData {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly html_url: string | null;
  readonly details_url: string | null;
}

/** What is read of an entry of `GET /repos/{owner}/{repo}/commits/{ref}/status`. */
export interface StatusData {
  readonly context: string;
  readonly state: string;
  readonly target_url: string | null;
}

/** Characters of a name, which whoever reports the check chooses. */
const LONGEST = 200;

/** Conclusions with which GitHub lets a pull request through. */
const PASSED: ReadonlySet<string> = new Set(['success', 'neutral', 'skipped']);
/** Conclusions that say no more than the state. */
const PLAIN: ReadonlySet<string> = new Set(['success', 'failure', 'error']);

function ended(conclusion: string): Pick<MergeCheck, 'state' | 'result'> {
  return {
    state: PASSED.has(conclusion) ? 'passed' : 'failed',
    ...(PLAIN.has(conclusion)
      ? {}
      : { result: conclusion.replaceAll('_', ' ') }),
  };
}

/** A check that GitHub Actions or another app reports. */
export function checkOfRun(run: CheckRunData): MergeCheck {
  const { name, status, conclusion } = run;
  return {
    name: name.slice(0, LONGEST),
    url: run.html_url ?? run.details_url ?? undefined,
    ...(status === 'completed' && conclusion
      ? ended(conclusion)
      : { state: 'running' }),
  };
}

/** A check of the older kind, that any service reports as the status of a commit. */
export function checkOfStatus({
  context,
  state,
  target_url: url,
}: StatusData): MergeCheck {
  return {
    name: context.slice(0, LONGEST),
    url: url ?? undefined,
    ...(state === 'pending' ? { state: 'running' } : ended(state)),
  };
}

const ORDER = ['failed', 'running', 'passed'] as const;

/** Those that need somebody first, each kind by name. */
export function inOrder(checks: readonly MergeCheck[]): readonly MergeCheck[] {
  return [...checks].sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      a.name.localeCompare(b.name, 'en'),
  );
}
