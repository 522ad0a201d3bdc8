import { useApi } from '@backstage/frontend-plugin-api';
import type {
  JobDetail,
  JobSync,
} from '@ml-platform/backstage-plugin-ray-common';
import { useEffect, useState } from 'react';
import { rayApiRef } from '../api/RayApi';

/**
 * Whether what Argo CD says may soon be something else. A job that is on its cluster
 * stays as it is until git changes, and a browser has only six connections.
 */
function isMoving({ summary, sync }: JobDetail): boolean {
  return (
    sync !== undefined &&
    (sync.state !== 'synced' ||
      summary.state === 'awaiting-sync' ||
      summary.gitops?.pendingChange !== undefined)
  );
}

/** What Argo CD says of a job, live; undefined where Argo CD doesn't bring it. */
export function useJobSync(detail: JobDetail): JobSync | undefined {
  const { cluster, namespace, name } = detail.summary;
  const api = useApi(rayApiRef);
  const moving = isMoving(detail);
  const [live, setLive] = useState<JobSync>();
  useEffect(() => {
    setLive(undefined);
    return moving
      ? api.streamJobSync(
          { cluster, namespace, name },
          // What is known stays while the stream is away.
          { onEvent: ({ data }) => setLive(data), onState: () => {} },
        )
      : undefined;
  }, [api, cluster, namespace, name, moving]);
  return detail.sync && (live ?? detail.sync);
}
