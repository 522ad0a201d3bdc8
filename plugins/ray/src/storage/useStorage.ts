import { useApi } from '@backstage/frontend-plugin-api';
import type { StorageDetail } from '@ml-platform/backstage-plugin-ray-common';
import { useCallback, useEffect, useState } from 'react';
import { rayApiRef, type StorageRef } from '../api/RayApi';
import type { StreamState } from '../streams/StreamState';

export interface LiveStorage {
  readonly storage?: StorageDetail;
  readonly stream: StreamState;
  readonly retry: () => void;
}

/** The state of a workload's storage, live. */
export function useStorage({ namespace, name }: StorageRef): LiveStorage {
  const api = useApi(rayApiRef);
  const [storage, setStorage] = useState<StorageDetail>();
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);
  useEffect(
    () =>
      api.streamStorage(
        { namespace, name },
        {
          onEvent: ({ data }) => setStorage(data),
          onState: setStream,
        },
      ),
    [api, namespace, name, tries],
  );
  const retry = useCallback(() => setTries(count => count + 1), []);
  return { storage, stream, retry };
}
