import { Octokit } from 'octokit';

/**
 * Has the Git host tell an address of what happens. The hook is made anew at each
 * start, because the embedded host forgets its hooks when it stops.
 */
export async function installWebhook(input: {
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name` */
  readonly repository: string;
  /** Where the webhooks go. */
  readonly target: string;
  /** Signs them. */
  readonly secret: string;
}): Promise<void> {
  const { apiUrl, token, target, secret } = input;
  const octokit = new Octokit({ auth: token, baseUrl: apiUrl });
  const [owner, repo] = input.repository.split('/');
  const { data: hooks } = await octokit.rest.repos.listWebhooks({
    owner,
    repo,
    per_page: 100,
  });
  for (const { id, config } of hooks) {
    if (config.url === target) {
      await octokit.rest.repos.deleteWebhook({ owner, repo, hook_id: id });
    }
  }
  await octokit.rest.repos.createWebhook({
    owner,
    repo,
    events: [
      'push',
      'pull_request',
      'pull_request_review',
      'check_run',
      'check_suite',
    ],
    config: { url: target, content_type: 'json', secret },
  });
}
