import { JobsRepository } from '../jobs/JobsRepository';
import { readGitOps } from '../jobs/gitOpsConfig';
import type { FakeGitHub } from './FakeGitHub';

/** The jobs repository of a fake GitHub. */
export function testRepository(
  github: FakeGitHub,
  options: { readonly clock?: () => Date; readonly retries?: number } = {},
): JobsRepository {
  const config = readGitOps({ repoUrl: github.repoUrl });
  if (!config) {
    throw new Error('There is a configuration');
  }
  return new JobsRepository({ ...options, config, connect: github.connect });
}
