import type {
  JobDetail,
  JobList,
  JobStreamEvent,
  LogStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobEvent, JobRef } from '@ml-platform/rayjob';

import { NotFoundError } from '@backstage/errors';
import { act } from '@testing-library/react';
import type { JobListRequest } from '../api/JobListRequest';
import type {
  JobActionResult,
  LogQuery,
  RayApi,
  RunRef,
  StreamHandlers,
} from '../api/RayApi';
import type { StreamState } from '../streams/StreamState';
import { aList } from './jobs';

interface OpenStream<TRequest, TEvent> {
  readonly request: TRequest;
  readonly handlers: StreamHandlers<TEvent>;
  /** Uid of the run, for a log. */
  readonly uid?: string;
}

/** A backend in memory. The test controls what it sends, and when. */
export class FakeRayApi implements RayApi {
  list: JobList = aList([]);
  detail?: JobDetail;
  /** Earlier runs with the same name. */
  earlier: readonly JobDetail[] = [];
  /** Thrown by `getJob` while it is set. */
  failure?: Error;
  events: readonly JobEvent[] = [];
  manifest = 'kind: RayJob\n';
  readonly asked: JobListRequest[] = [];
  readonly actions: string[] = [];
  readonly jobStreams: OpenStream<JobListRequest, JobStreamEvent>[] = [];
  readonly logStreams: OpenStream<LogQuery, LogStreamEvent>[] = [];

  async listJobs(query: JobListRequest): Promise<JobList> {
    this.asked.push(query);
    return this.list;
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

  async getEvents(): Promise<readonly JobEvent[]> {
    return this.events;
  }

  async getManifest(): Promise<string> {
    return this.manifest;
  }

  streamLog(
    run: RunRef,
    query: LogQuery,
    handlers: StreamHandlers<LogStreamEvent>,
  ): () => void {
    const stream = { request: query, handlers, uid: run.uid };
    this.logStreams.push(stream);
    return () => this.logStreams.splice(this.logStreams.indexOf(stream), 1);
  }

  async downloadLog(): Promise<Blob> {
    return new Blob(['whole log']);
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

  /** Sends events to every stream of a log, and waits until the page has drawn. */
  async sendLog(...events: readonly LogStreamEvent[]): Promise<void> {
    await act(async () => {
      for (const { handlers } of this.logStreams) {
        handlers.onState({ kind: 'live' });
        events.forEach(handlers.onEvent);
      }
      await nextFrame();
    });
  }

  async #act(what: string, ref: JobRef): Promise<JobActionResult> {
    this.actions.push(`${what} ${ref.name}`);
    return { via: 'cluster', job: ref };
  }
}

function nextFrame(): Promise<void> {
  return new Promise(resolve => {
    requestAnimationFrame(() => setTimeout(resolve, 0));
  });
}
