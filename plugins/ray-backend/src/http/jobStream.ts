import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { rayJobReadPermission } from '@ml-platform/backstage-plugin-ray-common';
import type { Request, Response } from 'express';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobListQuery, Jobs } from '../jobs/Jobs';
import type { Authorizer, JobScope } from '../permissions/Authorizer';
import { JobViewer } from './JobViewer';
import { EventStream } from './sse';

export interface JobStreamOptions {
  readonly index: JobIndex;
  readonly jobs: Jobs;
  readonly clusters: Clusters;
  readonly authorizer: Authorizer;
  /** Aborts when the backend stops: streams end, so that it can. */
  readonly closing: AbortSignal;
  /** Names this process: numbers of changes mean nothing in another. */
  readonly epoch: string;
}

/** `GET /jobs/stream`: the list, then what changes in it. */
export class JobStream {
  readonly #open = new Set<JobViewer>();

  readonly #options: JobStreamOptions;

  constructor(options: JobStreamOptions) {
    this.#options = options;
  }

  /** Number of viewers at the moment. */
  get viewers(): number {
    return this.#open.size;
  }

  async serve(
    request: Request,
    response: Response,
    credentials: BackstageCredentials,
    options: { readonly query: JobListQuery; readonly counts: boolean },
  ): Promise<void> {
    const scope = await this.#scope(credentials);
    const viewer = new JobViewer({
      ...this.#options,
      ...options,
      scope,
      recheck: () => this.#scope(credentials),
      events: new EventStream(response),
    });
    this.#open.add(viewer);
    try {
      await viewer.run(request.get('last-event-id'));
    } finally {
      this.#open.delete(viewer);
    }
  }

  #scope(credentials: BackstageCredentials): Promise<JobScope> {
    return this.#options.authorizer.scope(credentials, rayJobReadPermission);
  }
}
