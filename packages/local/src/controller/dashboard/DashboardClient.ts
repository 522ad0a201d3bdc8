import { ServiceUnavailableError } from '@backstage/errors';
import { parseRuntimeEnv } from '../children/submitCommand';
import type { JobStatus, RayJob } from '../crd/rayJob';
import type { KubeClient, RawResponse } from '../kube/KubeClient';
import { statusMessage } from '../kube/kubeErrors';

/** What Ray says of a job. Times in ms since the epoch. */
export interface RayJobInfo {
  readonly status: JobStatus;
  readonly message?: string;
  readonly startTime?: number;
  readonly endTime?: number;
}

/** Longest wait for the dashboard, which is on the far side of a proxy. */
const TIMEOUT_MS = 10_000;

/**
 * Ray's Job API on the head of one cluster, reached as `host:port` of a service
 * through the API server's proxy: a controller outside the cluster has no way
 * to the pods' network.
 * https://docs.ray.io/en/latest/cluster/running-applications/job-submission/rest.html
 *
 * All methods throw ServiceUnavailableError where the dashboard does not answer.
 */
export class DashboardClient {
  readonly #client: KubeClient;
  readonly #root: string;

  /** @param options.address - `<service>.<namespace>.svc.<domain>:<port>` */
  constructor(options: {
    readonly client: KubeClient;
    readonly address: string;
  }) {
    this.#client = options.client;
    const [host, port] = options.address.replace(/^https?:\/\//, '').split(':');
    const [service, namespace] = host.split('.');
    this.#root = `/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy/api/jobs/`;
  }

  /** The job, or undefined where this head does not know it. */
  async jobInfo(jobId: string): Promise<RayJobInfo | undefined> {
    const response = await this.#request('GET', encodeURIComponent(jobId));
    if (response.statusCode === 404) {
      return undefined;
    }
    const info = parse(response);
    return {
      status: (info.status as JobStatus | undefined) ?? '',
      message: text(info.message),
      startTime: positive(info.start_time),
      endTime: positive(info.end_time),
    };
  }

  /** Submits the job under its id. */
  async submit(job: RayJob): Promise<void> {
    const { spec, status } = job;
    const custom = spec.entrypointResources;
    parse(
      await this.#request('POST', '', {
        entrypoint: spec.entrypoint ?? '',
        submission_id: status?.jobId,
        metadata: spec.metadata,
        runtime_env: spec.runtimeEnvYAML
          ? parseRuntimeEnv(spec.runtimeEnvYAML)
          : undefined,
        entrypoint_num_cpus: spec.entrypointNumCpus || undefined,
        entrypoint_num_gpus: spec.entrypointNumGpus || undefined,
        entrypoint_resources: custom ? JSON.parse(custom) : undefined,
      }),
    );
  }

  /** Asks Ray to stop the job; a job that has ended, or is unknown, is fine. */
  async stop(jobId: string): Promise<void> {
    const path = `${encodeURIComponent(jobId)}/stop`;
    const response = await this.#request('POST', path);
    if (response.statusCode !== 404) {
      parse(response);
    }
  }

  async #request(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<RawResponse> {
    const response = await this.#client.raw({
      method,
      path: `${this.#root}${path}`,
      body,
      timeoutMs: TIMEOUT_MS,
    });
    const refusal = statusMessage(response.body);
    if (refusal !== undefined && response.statusCode >= 400) {
      // The API server's own answer: the request never came to the dashboard.
      throw new ServiceUnavailableError(
        `Ray dashboard unreachable: ${refusal}`,
      );
    }
    return response;
  }
}

function parse({ statusCode, body }: RawResponse): Record<string, unknown> {
  if (statusCode < 200 || statusCode > 299) {
    throw new ServiceUnavailableError(
      `Ray dashboard answered ${statusCode}: ${body.slice(0, 500)}`,
    );
  }
  try {
    return JSON.parse(body);
  } catch {
    throw new ServiceUnavailableError(
      `Ray dashboard answered no JSON: ${body.slice(0, 500)}`,
    );
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
