import { Readable } from 'node:stream';
import type { AuthService } from '@backstage/backend-plugin-api';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import {
  rayJobReadPermission,
  SEARCH_TYPE_RAY_JOB,
  type RayJobDocument,
} from '@ml-platform/backstage-plugin-ray-common';
import type { RayJobsService } from '@ml-platform/backstage-plugin-ray-node';
import { jobDocument } from './jobDocument';

/** Jobs of one request: the most that the Ray backend answers with. */
const PAGE = 1_000;

export interface RayJobCollatorFactoryOptions {
  readonly auth: AuthService;
  readonly jobs: Pick<RayJobsService, 'list'>;
}

/**
 * Reads all jobs, also those that are gone, page by page. A page that can't be read fails
 * the stream, so that the index stays as it was.
 */
export class RayJobCollatorFactory implements DocumentCollatorFactory {
  readonly type = SEARCH_TYPE_RAY_JOB;
  readonly visibilityPermission = rayJobReadPermission;
  readonly #options: RayJobCollatorFactoryOptions;

  constructor(options: RayJobCollatorFactoryOptions) {
    this.#options = options;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<RayJobDocument> {
    const { auth, jobs } = this.#options;
    let cursor: string | undefined;
    do {
      const page = await jobs.list(
        { limit: PAGE, cursor },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      yield* page.items.map(jobDocument);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
}
