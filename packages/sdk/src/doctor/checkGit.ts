import { isError } from '@backstage/errors';
import type { GitSettings } from '../settings/PlatformSettings';
import { gitHubApi, gitToken } from '../settings/openRepository';
import type { Check, CheckInput } from './doctorTypes';
import { httpAnswer } from './httpAnswer';

const part = 'git repository';

/** What GitHub tells of a repository. */
interface RepositoryAnswer {
  readonly permissions?: { readonly push?: boolean };
}

function refusal(
  { repository }: GitSettings,
  status: number,
  hasToken: boolean,
): Check {
  if (status === 401) {
    return {
      part,
      result: 'fail',
      detail: `${repository} doesn't accept the token`,
      remedy: 'Set a token that holds as git.token or GITHUB_TOKEN',
    };
  }
  const seen = status === 404 || status === 403;
  return {
    part,
    result: 'fail',
    detail: seen
      ? `${repository} isn't there, or you may not see it`
      : `${repository} answers ${status}`,
    remedy: hasToken
      ? 'Check git.repository, and that the token may read the repository'
      : 'Check git.repository, and set a token as git.token or GITHUB_TOKEN',
  };
}

function permission(
  { repository }: GitSettings,
  { permissions }: RepositoryAnswer,
  hasToken: boolean,
): Check {
  if (!hasToken) {
    return {
      part,
      result: 'warn',
      detail: `${repository}, read only: there is no token`,
      remedy: 'To open pull requests, set a token as git.token or GITHUB_TOKEN',
    };
  }
  return permissions?.push === false
    ? {
        part,
        result: 'warn',
        detail: `${repository}, read only: the token may not push`,
        remedy:
          'To open pull requests, use a token that may write contents and pull requests',
      }
    : { part, result: 'ok', detail: `${repository}, with a token` };
}

/** Whether the repository that jobs come from can be read and written. */
export async function checkGit({
  settings: { git },
  env,
  signal,
}: CheckInput): Promise<Check> {
  if (!git) {
    return {
      part,
      result: 'warn',
      detail: 'none is set',
      remedy:
        "To ask for jobs by pull request, name it with 'ml-platform init --repository'",
    };
  }
  const token = gitToken(git, env);
  let address: string;
  try {
    const [owner, repo] = new URL(git.repository).pathname
      .replace(/(\.git)?\/*$/, '')
      .split('/')
      .filter(Boolean);
    address = `${gitHubApi(git)}/repos/${owner}/${repo}`;
  } catch {
    return {
      part,
      result: 'fail',
      detail: `'${git.repository}' isn't the web address of a repository`,
      remedy: 'Write git.repository as https://github.com/owner/repo',
    };
  }
  const answer = await httpAnswer(address, {
    signal,
    headers: {
      accept: 'application/vnd.github+json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
  });
  if (!answer.ok) {
    return {
      part,
      result: 'fail',
      detail: `${git.repository} doesn't answer: ${answer.error}`,
      remedy: 'Check git.repository, and whether a VPN or proxy leads there',
    };
  }
  if (answer.status !== 200) {
    return refusal(git, answer.status, token !== undefined);
  }
  try {
    const body: RepositoryAnswer = await answer.response.json();
    return permission(git, body, token !== undefined);
  } catch (error) {
    return {
      part,
      result: 'fail',
      detail: `${address} doesn't answer as GitHub does: ${isError(error) ? error.message : String(error)}`,
      remedy: 'Check git.apiUrl, the address of the REST API',
    };
  }
}
