import { useApi } from '@backstage/frontend-plugin-api';
import type { ClusterDetail } from '@ml-platform/backstage-plugin-ray-common';
import { useCallback, useEffect, useState } from 'react';
import { clusterApiRef } from '../api/ClusterApi';
import type { StreamState } from '../streams/StreamState';

export interface LiveCluster {
  readonly cluster?: ClusterDetail;
  readonly stream: StreamState;
  readonly retry: () => void;
}

/** What a cluster has, live. */
export function useCluster(name: string): LiveCluster {
  const api = useApi(clusterApiRef);
  const [cluster, setCluster] = useState<ClusterDetail>();
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);
  useEffect(
    () =>
      api.streamCluster(name, {
        onEvent: ({ data }) => setCluster(data),
        onState: setStream,
      }),
    [api, name, tries],
  );
  const retry = useCallback(() => setTries(count => count + 1), []);
  return { cluster, stream, retry };
}
