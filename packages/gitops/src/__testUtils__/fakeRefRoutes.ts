import { created, NOT_FOUND, ok, refused, type Route } from './fakeRoute';

export const createRef: Route = ({ repository, body }) => {
  const name = String(body.ref).replace(/^refs\//, '');
  if (repository.refs.has(name)) {
    return refused('Reference already exists');
  }
  repository.refs.set(name, String(body.sha));
  return created({ object: { sha: body.sha } });
};

export const getRef: Route = ({ repository }, name) => {
  const sha = repository.refs.get(name);
  return sha ? ok({ object: { sha } }) : NOT_FOUND;
};

export const matchingRefs: Route = ({ repository }, prefix) =>
  ok(
    [...repository.refs]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, sha]) => ({ ref: `refs/${name}`, object: { sha } })),
  );

export const deleteRef: Route = ({ repository }, name) => {
  const lastHead = repository.refs.get(name);
  if (!repository.refs.delete(name)) {
    return refused('Reference does not exist');
  }
  for (const pull of repository.pulls) {
    if (name === `heads/${pull.head}`) {
      pull.lastHead = lastHead;
    }
  }
  return { status: 204, body: '' };
};
