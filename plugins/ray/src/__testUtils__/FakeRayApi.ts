import type {
  ImageVersionsAnswer,
  JobDetail,
  JobEvents,
  JobFacets,
  JobList,
  JobStreamEvent,
  StorageDetail,
  StorageStreamEvent,
  JobReview,
  JobSync,
  ReviewStreamEvent,
  SyncStreamEvent,
  WorkloadStatistics,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobEvent, JobFilter, JobRef } from '@ml-platform/rayjob';

import { NotFoundError } from '@backstage/errors';
import { act } from '@testing-library/react';
import { FakeLogApi } from './FakeLogApi';
import { nextFrame } from './nextFrame';
import type { JobListRequest } from '../api/JobListRequest';
import type {
  JobActionResult,
  RayApi,
  RunRef,
  StorageRef,
} from '../api/RayApi';
import type { StreamHandlers } from '../streams/followEvents';
import type { StreamState } from '../streams/StreamState';
import { aList, someFacets } from './jobs';

interface OpenStream<TRequest, TEvent> {
  readonly request: TRequest;
  readonly handlers: StreamHandlers<TEvent>;
}

/** A backend in memory. The test controls what it sends, and when. */
export class FakeRayApi implements RayApi {
  list: JobList = aList([]);
  facets: JobFacets = someFacets();
  detail?: JobDetail;
  /** Earlier runs with the same name. */
  earlier: readonly JobDetail[] = [];
  /** Thrown by `getJob` while it is set. */
  failure?: Error;
  events: readonly JobEvent[] = [];
  olderLeftOut = false;
  /** UIDs of the runs whose events were asked for. */
  readonly eventsOf: (string | undefined)[] = [];
  versions: ImageVersionsAnswer = { items: [], next: '1.0.0' };
  statistics: WorkloadStatistics = {
    since: '2025-10-06T00:00:00.000Z',
    runs: 0,
    complete: true,
    succeeded: 0,
    failed: 0,
    stopped: 0,
    weeks: [],
    causes: [],
    versions: [],
  };
  /** Workloads whose figures were asked for. */
  readonly figured: string[] = [];
  manifest = 'kind: RayJob\n';
  readonly asked: JobListRequest[] = [];
  readonly counted: JobFilter[] = [];
  readonly actions: string[] = [];
  readonly jobStreams: OpenStream<JobListRequest, JobStreamEvent>[] = [];
  readonly storageStreams: OpenStream<StorageRef, StorageStreamEvent>[] = [];
  readonly reviewStreams: OpenStream<JobRef, ReviewStreamEvent>[] = [];
  readonly syncStreams: OpenStream<JobRef, SyncStreamEvent>[] = [];
  readonly logs = new FakeLogApi();

  async listJobs(query: JobListRequest): Promise<JobList> {
    this.asked.push(query);
    return this.list;
  }

  async countJobs(filter: JobFilter): Promise<JobFacets> {
    this.counted.push(filter);
    return this.facets;
  }

  streamJobs(
    request: JobListRequest,
    handlers: StreamHandlers<JobStreamEvent>,
  ): () => void {
    const stream = { request, handlers };
    this.jobStreams.push(stream);
    return () => this.jobStreams.splice(this.jobStreams.indexOf(stream), 1);
  }

  async getJob({ uid }: RunRef): Promise<JobDetail> {
    if (this.failure) {
      throw this.failure;
    }
    const detail =
      uid === undefined || uid === this.detail?.summary.uid
        ? this.detail
        : this.earlier.find(({ summary }) => summary.uid === uid);
    if (!detail) {
      throw new NotFoundError('There is no such job');
    }
    return detail;
  }

  async getEvents({ uid }: RunRef): Promise<JobEvents> {
    this.eventsOf.push(uid);
    return { items: this.events, olderLeftOut: this.olderLeftOut };
  }

  async getManifest(): Promise<string> {
    return this.manifest;
  }

  streamStorage(
    request: StorageRef,
    handlers: StreamHandlers<StorageStreamEvent>,
  ): () => void {
    const stream = { request, handlers };
    this.storageStreams.push(stream);
    return () =>
      this.storageStreams.splice(this.storageStreams.indexOf(stream), 1);
  }

  streamJobReview(
    request: JobRef,
    handlers: StreamHandlers<ReviewStreamEvent>,
  ): () => void {
    const stream = { request, handlers };
    this.reviewStreams.push(stream);
    return () =>
      this.reviewStreams.splice(this.reviewStreams.indexOf(stream), 1);
  }

  streamJobSync(
    request: JobRef,
    handlers: StreamHandlers<SyncStreamEvent>,
  ): () => void {
    const stream = { request, handlers };
    this.syncStreams.push(stream);
    return () => this.syncStreams.splice(this.syncStreams.indexOf(stream), 1);
  }

  async getStatistics(workload: string): Promise<WorkloadStatistics> {
    if (this.failure) {
      throw this.failure;
    }
    this.figured.push(workload);
    return this.statistics;
  }

  async listVersions(): Promise<ImageVersionsAnswer> {
    if (this.failure) {
      throw this.failure;
    }
    return this.versions;
  }

  stopJob(ref: JobRef): Promise<JobActionResult> {
    return this.#act('stop', ref);
  }

  retryJob(ref: JobRef): Promise<JobActionResult> {
    return this.#act('retry', ref);
  }

  deleteJob(ref: JobRef): Promise<JobActionResult> {
    return this.#act('delete', ref);
  }

  async syncJob({ name }: JobRef): Promise<void> {
    if (this.failure) {
      throw this.failure;
    }
    this.actions.push(`sync ${name}`);
  }

  /** Sets the state of every stream of jobs, and waits until the page has drawn. */
  async setState(state: StreamState): Promise<void> {
    await act(async () => {
      for (const { handlers } of [...this.jobStreams]) {
        handlers.onState(state);
      }
      await nextFrame();
    });
  }

  /** Sends events to every stream of jobs, and waits until the page has drawn. */
  async sendJobs(...events: readonly JobStreamEvent[]): Promise<void> {
    await act(async () => {
      for (const { handlers } of this.jobStreams) {
        handlers.onState({ kind: 'live' });
        events.forEach(handlers.onEvent);
      }
      await nextFrame();
    });
  }

  /** Sends the state of a storage to all that follow one. */
  async sendStorage(data: StorageDetail): Promise<void> {
    await act(async () => {
      for (const { handlers } of this.storageStreams) {
        handlers.onState({ kind: 'live' });
        handlers.onEvent({ event: 'storage', data });
      }
    });
  }

  /** Sends a pull request's checks and reviews to all that follow a job. */
  async sendReview(data: JobReview): Promise<void> {
    await act(async () => {
      for (const { handlers } of this.reviewStreams) {
        handlers.onEvent({ event: 'review', data });
      }
    });
  }

  /** Sends what Argo CD says to all that follow a job. */
  async sendSync(data: JobSync): Promise<void> {
    await act(async () => {
      for (const { handlers } of this.syncStreams) {
        handlers.onEvent({ event: 'sync', data });
      }
    });
  }

  async #act(what: string, ref: JobRef): Promise<JobActionResult> {
    this.actions.push(`${what} ${ref.name}`);
    return { via: 'cluster', job: ref };
  }
}
