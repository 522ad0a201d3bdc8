import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { ClusterStreamEvent } from '@ml-platform/backstage-plugin-ray-common';
import type { JobRef } from '@ml-platform/rayjob';
import { followEvents, type StreamHandlers } from '../streams/followEvents';
import { refusal } from '../streams/refusal';
import type { CloseStream } from '../streams/StreamState';
import { clearly } from './clearError';
import type { ClusterApi, Scaling } from './ClusterApi';
import { BASE } from './jobPath';

/** {@link ClusterApi} over HTTP and server-sent events. */
export class ClusterClient implements ClusterApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { readonly fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  streamCluster(
    name: string,
    handlers: StreamHandlers<ClusterStreamEvent>,
  ): CloseStream {
    return followEvents({
      fetch: this.#fetchApi.fetch,
      url: () => `${BASE}/clusters/${encodeURIComponent(name)}/stream`,
      names: ['cluster'],
      handlers,
    });
  }

  async scaleRayCluster(
    { cluster, namespace, name }: JobRef,
    scaling: Scaling,
  ): Promise<void> {
    const path = [cluster, namespace, name].map(encodeURIComponent).join('/');
    const response = await clearly(
      this.#fetchApi.fetch(`${BASE}/rayclusters/${path}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(scaling),
      }),
    );
    if (!response.ok) {
      throw await refusal(response);
    }
  }
}
