import { useApi } from '@backstage/frontend-plugin-api';
import type {
  JobDetail,
  JobReview,
} from '@ml-platform/backstage-plugin-ray-common';
import { useEffect, useState } from 'react';
import { rayApiRef } from '../api/RayApi';
import { endingProposal } from '../states/shownState';

/** The pull request that a job waits for, by its web page. */
function awaited({ summary }: JobDetail): string | undefined {
  return summary.state === 'awaiting-merge'
    ? summary.gitops?.pullRequestUrl
    : endingProposal(summary)?.url;
}

/**
 * Checks and reviews of the pull request that a job waits for, live; undefined where it
 * waits for none.
 */
export function useJobReview(detail: JobDetail): JobReview | undefined {
  const { cluster, namespace, name } = detail.summary;
  const api = useApi(rayApiRef);
  const url = awaited(detail);
  const [live, setLive] = useState<JobReview>();
  useEffect(() => {
    setLive(undefined);
    return url === undefined
      ? undefined
      : api.streamJobReview(
          { cluster, namespace, name },
          // What is known stays while the stream is away.
          { onEvent: ({ data }) => setLive(data), onState: () => {} },
        );
  }, [api, cluster, namespace, name, url]);
  const known = live ?? detail.review;
  // The details may be older than the row, and of another pull request.
  return known?.pullRequest.url === url ? known : undefined;
}
