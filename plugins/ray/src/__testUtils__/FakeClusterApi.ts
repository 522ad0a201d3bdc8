import type {
  ClusterDetail,
  ClusterStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobRef } from '@ml-platform/rayjob';
import { act } from '@testing-library/react';
import type { ClusterApi, Scaling } from '../api/ClusterApi';
import type { StreamHandlers } from '../streams/followEvents';

/** Clusters in memory. The test controls what is sent, and when. */
export class FakeClusterApi implements ClusterApi {
  readonly streams: StreamHandlers<ClusterStreamEvent>[] = [];
  readonly scalings: string[] = [];
  /** Thrown by `scaleRayCluster` while it is set. */
  failure?: Error;

  streamCluster(
    _: string,
    handlers: StreamHandlers<ClusterStreamEvent>,
  ): () => void {
    this.streams.push(handlers);
    return () => this.streams.splice(this.streams.indexOf(handlers), 1);
  }

  async scaleRayCluster(
    { name }: JobRef,
    { group, replicas }: Scaling,
  ): Promise<void> {
    if (this.failure) {
      throw this.failure;
    }
    this.scalings.push(`${name} ${group} ${replicas}`);
  }

  /** Sends a cluster to all that follow it. */
  async send(data: ClusterDetail): Promise<void> {
    await act(async () => {
      for (const { onEvent, onState } of this.streams) {
        onState({ kind: 'live' });
        onEvent({ event: 'cluster', data });
      }
    });
  }
}
