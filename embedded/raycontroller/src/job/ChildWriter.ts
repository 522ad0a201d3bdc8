import { ConflictError } from '@backstage/errors';
import type { RayJob } from '../crd/rayJob';
import {
  type EventRecorder,
  type KubeApi,
  sentenceOf,
} from '@ml-platform/embedded-controller-runtime';
import type { KubeObject, NewObject } from '../kube/objects';
import type { Resource } from '../kube/resources';

/** Makes and deletes children of RayJobs, and tells of it on the job. */
export class ChildWriter {
  readonly #api: KubeApi;
  readonly #events: EventRecorder;

  constructor(options: {
    readonly api: KubeApi;
    readonly events: EventRecorder;
  }) {
    this.#api = options.api;
    this.#events = options.events;
  }

  /** @throws {ConflictError} when it is there already, unseen so far */
  async create<T extends KubeObject>(
    job: RayJob,
    resource: Resource,
    child: NewObject,
    words: {
      readonly what: string;
      readonly reason: string;
      readonly failing: string;
    },
  ): Promise<T> {
    const { namespace, name = '' } = child.metadata;
    const key = `${namespace}/${name}`;
    try {
      const made = await this.#api.create<T>(resource, child);
      const message = `Created ${words.what} ${key}`;
      this.note(job, `Created${words.reason}`, 'Create', message);
      return made;
    } catch (error) {
      if (!(error instanceof ConflictError)) {
        const message = `Failed to create ${words.failing} ${key}: ${sentenceOf(error)}`;
        this.warn(job, `FailedToCreate${words.reason}`, 'Create', message);
      }
      throw error;
    }
  }

  /** Resolves to whether the child is gone. */
  async remove(
    job: RayJob,
    resource: Resource,
    child: KubeObject | undefined,
    words: { readonly what: string; readonly reason: string },
  ): Promise<boolean> {
    if (!child) {
      return true;
    }
    if (child.metadata.deletionTimestamp) {
      return false;
    }
    const key = `${child.metadata.namespace}/${child.metadata.name}`;
    try {
      await this.#api.remove(resource, child, {
        propagationPolicy: 'Background',
      });
    } catch (error) {
      const message = `Failed to delete ${words.what} ${key}: ${sentenceOf(error)}`;
      this.warn(job, `FailedToDelete${words.reason}`, 'Delete', message);
      throw error;
    }
    const message = `Deleted ${words.what} ${key}`;
    this.note(job, `Deleted${words.reason}`, 'Delete', message);
    return false;
  }

  note(job: RayJob, reason: string, action: string, message: string): void {
    this.#events.record(job, { type: 'Normal', reason, action, message });
  }

  warn(job: RayJob, reason: string, action: string, message: string): void {
    this.#events.record(job, { type: 'Warning', reason, action, message });
  }
}
