import { NotFoundError } from '@backstage/errors';
import { type KubeClient, serviceProxyPath } from '@ml-platform/kube';
import { parseRuntimeEnv } from '../children/submitCommand';
import type { JobStatus, RayJob } from '../crd/rayJob';

/** What Ray says of a job. Times in ms since the epoch. */
export interface RayJobInfo {
  readonly status: JobStatus;
  readonly message?: string;
  readonly startTime?: number;
  readonly endTime?: number;
}

/**
 * Ray's Job API on the head of one cluster, reached as `host:port` of a service
 * through the API server's proxy: a controller outside the cluster has no way
 * to the pods' network.
 * https://docs.ray.io/en/latest/cluster/running-applications/job-submission/rest.html
 *
 * All methods throw the errors of {@link KubeClient.json} where the dashboard
 * does not answer, or refuses.
 */
export class DashboardClient {
  readonly #client: KubeClient;
  readonly #pathOf: (path: string) => string;

  /** @param options.address - `<service>.<namespace>.svc.<domain>:<port>` */
  constructor(options: {
    readonly client: KubeClient;
    readonly address: string;
  }) {
    this.#client = options.client;
    const [host, port] = options.address.replace(/^https?:\/\//, '').split(':');
    const [service, namespace] = host.split('.');
    this.#pathOf = path =>
      serviceProxyPath(namespace, service, port, `/api/jobs/${path}`);
  }

  /** The job, or undefined where this head does not know it. */
  async jobInfo(jobId: string): Promise<RayJobInfo | undefined> {
    try {
      const info = await this.#client.json<Record<string, unknown>>({
        path: this.#pathOf(encodeURIComponent(jobId)),
      });
      return {
        status: (info.status as JobStatus | undefined) ?? '',
        message: text(info.message),
        startTime: positive(info.start_time),
        endTime: positive(info.end_time),
      };
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }

  /** Submits the job under its id. */
  async submit(job: RayJob): Promise<void> {
    const { spec, status } = job;
    const custom = spec.entrypointResources;
    await this.#client.text({
      method: 'POST',
      path: this.#pathOf(''),
      body: {
        entrypoint: spec.entrypoint ?? '',
        submission_id: status?.jobId,
        metadata: spec.metadata,
        runtime_env: spec.runtimeEnvYAML
          ? parseRuntimeEnv(spec.runtimeEnvYAML)
          : undefined,
        entrypoint_num_cpus: spec.entrypointNumCpus || undefined,
        entrypoint_num_gpus: spec.entrypointNumGpus || undefined,
        entrypoint_resources: custom ? JSON.parse(custom) : undefined,
      },
    });
  }

  /** Asks Ray to stop the job; one that has ended is fine. */
  async stop(jobId: string): Promise<void> {
    await this.#client.text({
      method: 'POST',
      path: this.#pathOf(`${encodeURIComponent(jobId)}/stop`),
    });
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
