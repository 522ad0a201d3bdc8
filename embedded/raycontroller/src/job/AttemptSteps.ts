import type { KubeClient, Logger } from '@ml-platform/kube';
import { emptyClusterStatus, type RayCluster } from '../crd/rayCluster';
import {
  submissionModeOf,
  type RayJob,
  type RayJobStatus,
} from '../crd/rayJob';
import { DashboardClient } from './DashboardClient';
import { sentenceOf } from '@ml-platform/embedded-controller-runtime';
import { clearedStatus, observedStatus } from './attemptStatus';
import {
  activeDeadline,
  preRunningDeadline,
  statusCheckFailed,
  statusCheckTimeout,
  submitterTimeout,
  transitionGrace,
  type Patience,
} from './deadlines';
import type { JobChildren } from './JobChildren';
import {
  jobSubmitterState,
  sidecarState,
  type SubmitterState,
} from './submitterState';

/**
 * The states of an attempt, each of which does what it has to and says what the
 * status is next; the same status where it only waits.
 */
export class AttemptSteps {
  readonly #client: KubeClient;
  readonly #children: JobChildren;
  readonly #patience: Patience;
  readonly #logger: Logger;
  readonly #now: () => number;

  constructor(options: {
    readonly client: KubeClient;
    readonly children: JobChildren;
    readonly patience: Patience;
    readonly logger: Logger;
    readonly now: () => number;
  }) {
    this.#client = options.client;
    this.#children = options.children;
    this.#patience = options.patience;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Until the cluster is ready, and the job can be submitted. */
  async initializing(job: RayJob): Promise<RayJobStatus> {
    const status = job.status ?? {};
    const over =
      suspending(job) ??
      activeDeadline(job, this.#now()) ??
      preRunningDeadline(job, this.#now());
    if (over) {
      return over;
    }
    const cluster = await this.#children.ensureCluster(job);
    if (!status.dashboardURL && cluster.status?.state !== 'ready') {
      return {
        ...status,
        rayClusterStatus: cluster.status ?? emptyClusterStatus,
      };
    }
    const dashboardURL =
      status.dashboardURL || (await this.#children.dashboardAddress(cluster));
    const mode = submissionModeOf(job);
    if (mode === 'K8sJobMode') {
      const submitted = { ...job, status: { ...status, dashboardURL } };
      await this.#children.ensureSubmitter(submitted, cluster);
    }
    return {
      ...status,
      dashboardURL,
      jobDeploymentStatus: mode === 'InteractiveMode' ? 'Waiting' : 'Running',
    };
  }

  /** InteractiveMode: until a user says which Ray job it is. */
  waiting(job: RayJob): RayJobStatus {
    const status = job.status ?? {};
    const over = preRunningDeadline(job, this.#now());
    const { jobId } = job.spec;
    return (
      over ??
      (jobId ? { ...status, jobId, jobDeploymentStatus: 'Running' } : status)
    );
  }

  /** While the job is with Ray, until both Ray and the submitter are done. */
  async running(job: RayJob): Promise<RayJobStatus> {
    const now = this.#now();
    const over = suspending(job) ?? activeDeadline(job, now);
    if (over) {
      return over;
    }
    const late =
      transitionGrace(job, now, this.#patience) ??
      statusCheckTimeout(job, now, this.#patience);
    if (late) {
      return late;
    }
    const cluster = await this.#children.ensureCluster(job);
    await this.#children.ensureService(job, cluster);
    const submitter = await this.#submitterState(job, cluster);
    const ended =
      submitterTimeout(job, now, submitter.finishedAt, this.#patience) ??
      submitter.failed;
    return ended ?? this.#observe(job, cluster, submitter.finishedAt);
  }

  /** Suspending and Retrying: until all that the attempt used is gone. */
  async clearing(job: RayJob): Promise<RayJobStatus> {
    const status = job.status ?? {};
    const clusterGone = await this.#children.deleteCluster(job);
    const submitterGone = await this.#children.deleteSubmitter(job);
    return clusterGone && submitterGone ? clearedStatus(status) : status;
  }

  async #submitterState(
    job: RayJob,
    cluster: RayCluster,
  ): Promise<SubmitterState> {
    const status = job.status ?? {};
    switch (submissionModeOf(job)) {
      case 'K8sJobMode':
        // One that somebody deleted is made again: it finds the job by its id.
        return jobSubmitterState(
          status,
          await this.#children.ensureSubmitter(job, cluster),
        );
      case 'SidecarMode':
        return sidecarState(status, await this.#children.head(cluster));
      default:
        return {};
    }
  }

  async #observe(
    job: RayJob,
    cluster: RayCluster,
    submitterFinishedAt: number | undefined,
  ): Promise<RayJobStatus> {
    const { jobId = '', dashboardURL = '' } = job.status ?? {};
    const dashboard = this.#dashboard(dashboardURL);
    try {
      const info = await dashboard.jobInfo(jobId);
      if (info) {
        return observedStatus(job, cluster, info, submitterFinishedAt);
      }
      return await this.#notFound(job, dashboard, submitterFinishedAt);
    } catch (error) {
      this.#logger.debug(
        `RayJob ${job.metadata.name}: status check failed: ${sentenceOf(error)}`,
      );
      return statusCheckFailed(job.status ?? {}, this.#now());
    }
  }

  async #notFound(
    job: RayJob,
    dashboard: DashboardClient,
    submitterFinishedAt: number | undefined,
  ): Promise<RayJobStatus> {
    const status = job.status ?? {};
    if (submissionModeOf(job) === 'HTTPMode') {
      await dashboard.submit(job);
      const { jobStatusCheckFailureStartTime: _, ...checked } = status;
      return checked;
    }
    return submitterFinishedAt === undefined
      ? status
      : {
          ...status,
          jobDeploymentStatus: 'Failed',
          reason: 'AppFailed',
          message: 'Submitter completed but Ray job not found in RayCluster.',
        };
  }

  /** Asks Ray to stop the job, as well as may be, before its RayJob goes. */
  async stop(job: RayJob): Promise<void> {
    const { jobId, dashboardURL } = job.status ?? {};
    if (jobId && dashboardURL) {
      await this.#dashboard(dashboardURL).stop(jobId);
    }
  }

  #dashboard(address: string): DashboardClient {
    return new DashboardClient({ client: this.#client, address });
  }
}

function suspending(job: RayJob): RayJobStatus | undefined {
  return job.spec.suspend
    ? { ...job.status, jobDeploymentStatus: 'Suspending' }
    : undefined;
}
