import { JobsRepository } from '../jobs/JobsRepository';
import { readGitOps } from '../jobs/gitOpsConfig';
import type { ReviewConfig } from '../jobs/reviewConfig';
import type { FakeGitHub } from './FakeGitHub';

/** The jobs repository of a fake GitHub. */
export function testRepository(
  github: FakeGitHub,
  options: {
    readonly clock?: () => Date;
    readonly pollSeconds?: number;
    readonly retries?: number;
    readonly review?: ReviewConfig;
  } = {},
): JobsRepository {
  const config = readGitOps({
    repoUrl: github.repoUrl,
    pollSeconds: options.pollSeconds,
  });
  if (!config) {
    throw new Error('There is a configuration');
  }
  const { review } = options;
  return new JobsRepository({
    ...options,
    config: { ...config, review },
    connect: github.connect,
  });
}
