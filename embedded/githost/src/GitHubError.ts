/** An answer in the shape of GitHub's REST errors. */
export class GitHubError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors?: readonly Record<string, string>[],
  ) {
    super(message);
    this.name = 'GitHubError';
  }

  toJSON() {
    return {
      message: this.message,
      ...(this.errors ? { errors: this.errors } : {}),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

/** 422 for one field or rule of a pull request. */
export function invalidPullRequest(error: {
  field?: string;
  message?: string;
}): GitHubError {
  const code = error.message ? 'custom' : 'invalid';
  return new GitHubError(422, 'Validation Failed', [
    { resource: 'PullRequest', code, ...error },
  ]);
}
