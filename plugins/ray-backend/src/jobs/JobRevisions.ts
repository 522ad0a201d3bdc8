import { createHash } from 'node:crypto';
import type { JobsRevision } from '@ml-platform/backstage-plugin-ray-common';
import type { Clusters } from '../clusters/Clusters';
import type { JobScope } from '../permissions/Authorizer';
import type { JobIndex } from './JobIndex';

export interface JobRevisionsOptions {
  readonly index: Pick<JobIndex, 'lastSeq'>;
  readonly clusters: {
    readonly complete: Clusters['complete'];
    all(): readonly { readonly synced: boolean }[];
  };
  /** Names this process: numbers of changes mean nothing in another. */
  readonly epoch: string;
}

/** Tells whether jobs have changed, at a cost that doesn't depend on their number. */
export class JobRevisions {
  readonly #options: JobRevisionsOptions;

  constructor(options: JobRevisionsOptions) {
    this.#options = options;
  }

  /**
   * The revision of the jobs in a scope. It also differs after a change outside the scope,
   * and doesn't tell how many changes there were.
   */
  of({ key }: JobScope): JobsRevision {
    const { index, clusters, epoch } = this.#options;
    return {
      revision: createHash('sha256')
        .update(JSON.stringify([epoch, index.lastSeq, key]))
        .digest('base64url'),
      complete:
        clusters.complete && clusters.all().every(({ synced }) => synced),
    };
  }
}
