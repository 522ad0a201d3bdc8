import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type AuthService,
  type BackstageCredentials,
  type DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  JobDetail,
  JobList,
  JobsRevision,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobFilter, JobRef } from '@ml-platform/rayjob';

export interface RayJobsRequestOptions {
  /** Whose permissions apply. */
  readonly credentials: BackstageCredentials;
}

/** Reads the index of jobs, from any plugin's backend. */
export interface RayJobsService {
  /**
   * A page of jobs, newest first.
   * @throws {ResponseError} when the portal refuses the request
   */
  list(
    filter: JobFilter & { readonly limit?: number; readonly cursor?: string },
    options: RayJobsRequestOptions,
  ): Promise<JobList>;
  /**
   * One job.
   * @throws {ResponseError} with status 404 when there is none to see
   */
  get(ref: JobRef, options: RayJobsRequestOptions): Promise<JobDetail>;
  /**
   * Whether jobs have changed, without reading them.
   * @throws {ResponseError} when the portal refuses the request
   */
  revision(options: RayJobsRequestOptions): Promise<JobsRevision>;
}

interface RayJobsServiceOptions {
  readonly auth: AuthService;
  readonly discovery: DiscoveryService;
}

class HttpRayJobsService implements RayJobsService {
  readonly #options: RayJobsServiceOptions;

  constructor(options: RayJobsServiceOptions) {
    this.#options = options;
  }

  async list(
    filter: Parameters<RayJobsService['list']>[0],
    options: RayJobsRequestOptions,
  ): Promise<JobList> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) {
      for (const part of [value].flat()) {
        if (part !== undefined) {
          query.append(name, String(part));
        }
      }
    }
    return this.#read<JobList>(`/jobs?${query}`, options);
  }

  async get(ref: JobRef, options: RayJobsRequestOptions): Promise<JobDetail> {
    const path = [ref.cluster, ref.namespace, ref.name]
      .map(encodeURIComponent)
      .join('/');
    return this.#read<JobDetail>(`/jobs/${path}`, options);
  }

  async revision(options: RayJobsRequestOptions): Promise<JobsRevision> {
    return this.#read<JobsRevision>('/jobs/revision', options);
  }

  async #read<T>(
    path: string,
    { credentials }: RayJobsRequestOptions,
  ): Promise<T> {
    const { auth, discovery } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'ray',
    });
    const response = await fetch(
      `${await discovery.getBaseUrl('ray')}${path}`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json() as Promise<T>;
  }
}

/** The index of jobs, for other plugins' backends. */
export const rayJobsServiceRef = createServiceRef<RayJobsService>({
  id: 'ray.jobs',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: deps => new HttpRayJobsService(deps),
    }),
});
