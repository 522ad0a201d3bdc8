import type { AuthService } from '@backstage/backend-plugin-api';
import type { RayJobsService } from '@ml-platform/backstage-plugin-ray-node';
import {
  quotaOf,
  UNENDED_STATES,
  type JobPolicy,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';

/** Jobs of one answer. */
const PAGE = 1_000;
/** More jobs that have not ended fit into no namespace. */
const MOST_PAGES = 50;

/** Reads the jobs that count against a quota, whoever asks for another. */
export class QuotaJobs {
  readonly #auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly #jobs: Pick<RayJobsService, 'list'>;

  constructor(options: {
    readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
    readonly jobs: Pick<RayJobsService, 'list'>;
  }) {
    this.#auth = options.auth;
    this.#jobs = options.jobs;
  }

  /**
   * The jobs of a place that have not ended; none where it has no quota.
   * @throws {ResponseError} when the portal refuses the request
   */
  async at(
    { cluster, namespace }: Omit<JobRef, 'name'>,
    policy: JobPolicy,
  ): Promise<readonly JobSummary[]> {
    if (!quotaOf(policy, namespace)) {
      return [];
    }
    const credentials = await this.#auth.getOwnServiceCredentials();
    const found: JobSummary[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { items, nextCursor } = await this.#jobs.list(
        {
          cluster: [cluster],
          namespace: [namespace],
          state: UNENDED_STATES,
          limit: PAGE,
          cursor,
        },
        { credentials },
      );
      found.push(...items);
      if (!nextCursor) {
        break;
      }
      cursor = nextCursor;
    }
    return found;
  }
}
