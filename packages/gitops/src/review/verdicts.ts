/** What people say of a pull request, by their names on GitHub. */
export interface Verdicts {
  readonly approvedBy: readonly string[];
  readonly changesRequestedBy: readonly string[];
  /** Users and teams whose review is still asked for. */
  readonly askedFor: readonly string[];
}

/** What is read of an entry of `GET /repos/{owner}/{repo}/pulls/{number}/reviews`. */
export interface ReviewData {
  readonly user: { readonly login: string } | null;
  readonly state: string;
}

/** GitHub's own name for a user who is gone. */
const GONE = 'ghost';

/**
 * What counts of the reviews: each person's last word. A comment takes nothing back, a
 * dismissed review no longer counts, and who is asked again hasn't answered yet.
 *
 * @param reviews - the first one first
 */
export function verdictsOf(
  reviews: readonly ReviewData[],
  asked: {
    readonly users: readonly string[];
    readonly teams: readonly string[];
  },
): Verdicts {
  const last = new Map<string, string>();
  for (const { user, state } of reviews) {
    if (['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'].includes(state)) {
      last.set(user?.login ?? GONE, state);
    }
  }
  const saying = (state: string) =>
    [...last].filter(each => each[1] === state).map(([login]) => login);
  return {
    approvedBy: saying('APPROVED'),
    changesRequestedBy: saying('CHANGES_REQUESTED'),
    askedFor: [...asked.users, ...asked.teams.map(team => `team ${team}`)],
  };
}
