import { NOT_FOUND, ok, page, type Route } from './fakeRoute';
import { FULL_NAME } from './FakeRepository';

/** Reviews of a pull request, the first one first. */
export const listReviews: Route = (request, name) => {
  const pull = request.repository.pulls[Number(name) - 1];
  return pull
    ? ok(
        page(request, pull.reviews).map(({ login, state }, index) => ({
          id: index + 1,
          user: login === 'ghost' ? null : { login, type: 'User' },
          body: '',
          state,
          submitted_at: '2026-11-23T21:00:00Z',
        })),
      )
    : NOT_FOUND;
};

/** Check runs of a commit, as apps report them. */
export const checkRuns: Route = ({ repository, origin }, sha) => {
  const runs = repository.checks.get(sha) ?? [];
  return ok({
    total_count: runs.length,
    check_runs: runs.map((run, index) => ({
      id: index + 1,
      head_sha: sha,
      ...run,
      html_url: `${origin}/${FULL_NAME}/runs/${index + 1}`,
      details_url: null,
    })),
  });
};

/** All that services said of a commit; `pending` also where none said anything. */
export const combinedStatus: Route = ({ repository, origin }, sha) => {
  const statuses = Object.entries(repository.statuses.get(sha) ?? {});
  return ok({
    state: 'pending',
    sha,
    total_count: statuses.length,
    statuses: statuses.map(([context, state]) => ({
      context,
      state,
      description: null,
      target_url: `${origin}/ci/${context}`,
    })),
  });
};
