import {
  isDeploymentTerminal,
  isJobTerminal,
  isManagedElsewhere,
  rayJobFinalizer,
  type RayJob,
  type RayJobStatus,
} from '../crd/rayJob';
import {
  type EventRecorder,
  type KubeApi,
  type ReconcileResult,
  sentenceOf,
} from '@ml-platform/embedded-controller-runtime';
import { resources } from '../kube/resources';
import type { Logger } from '@ml-platform/kube';
import { rayJobProblem } from '../validation/validateRayJob';
import type { AttemptSteps } from './AttemptSteps';
import {
  initializedStatus,
  refusedStatus,
  statusToWrite,
} from './attemptStatus';
import { cleanupSteps, dueStep, nextStepIn } from './cleanup';
import type { JobChildren } from './JobChildren';

/** Takes a RayJob from each of its states to the next. */
export class RayJobReconciler {
  readonly #api: KubeApi;
  readonly #events: EventRecorder;
  readonly #children: JobChildren;
  readonly #steps: AttemptSteps;
  readonly #pollMs: number;
  readonly #logger: Logger;
  readonly #now: () => number;

  constructor(options: {
    readonly api: KubeApi;
    readonly events: EventRecorder;
    readonly children: JobChildren;
    readonly steps: AttemptSteps;
    /** How often a job is looked at that has not ended. */
    readonly pollMs: number;
    readonly logger: Logger;
    readonly now: () => number;
  }) {
    this.#api = options.api;
    this.#events = options.events;
    this.#children = options.children;
    this.#steps = options.steps;
    this.#pollMs = options.pollMs;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  async reconcile(namespace: string, name: string): Promise<ReconcileResult> {
    // Not from the watch: it may show a state that was left already.
    const job = await this.#api.find<RayJob>(resources.rayJobs, {
      namespace,
      name,
    });
    if (!job || isManagedElsewhere(job.spec.managedBy)) {
      return {};
    }
    if (job.metadata.deletionTimestamp) {
      await this.#finalize(job);
      return {};
    }
    const status = job.status ?? {};
    if (status.jobDeploymentStatus === 'ValidationFailed') {
      return {};
    }
    const problem = rayJobProblem(job);
    if (problem) {
      this.#events.record(job, {
        type: 'Warning',
        reason: problem.reason,
        action: 'Validate',
        message: `${namespace}/${name}: ${problem.message}`,
      });
      await this.#write(job, refusedStatus(job.status, problem.message));
      return {};
    }
    if (isDeploymentTerminal(status.jobDeploymentStatus)) {
      return this.#cleanUp(job);
    }
    if (status.jobDeploymentStatus === 'Suspended' && job.spec.suspend) {
      return {};
    }
    if (!status.jobDeploymentStatus) {
      const held = await this.#hold(job);
      await this.#write(held, initializedStatus(held, this.#now()));
      return { requeueAfterMs: this.#pollMs };
    }
    await this.#write(job, await this.#next(job));
    return { requeueAfterMs: this.#pollMs };
  }

  #next(job: RayJob): Promise<RayJobStatus> | RayJobStatus {
    const status = job.status ?? {};
    switch (status.jobDeploymentStatus) {
      case 'Initializing':
        return this.#steps.initializing(job);
      case 'Waiting':
        return this.#steps.waiting(job);
      case 'Running':
        return this.#steps.running(job);
      case 'Suspending':
      case 'Retrying':
        return this.#steps.clearing(job);
      case 'Suspended':
        return { ...status, jobStatus: '', jobDeploymentStatus: '' };
      default:
        return status;
    }
  }

  async #write(job: RayJob, next: RayJobStatus): Promise<void> {
    const status = statusToWrite(job, next, this.#now());
    if (status) {
      await this.#api.replace(resources.rayJobs, { ...job, status }, 'status');
    }
  }

  /** Keeps the object until its Ray job was stopped. */
  async #hold(job: RayJob): Promise<RayJob> {
    const { finalizers = [] } = job.metadata;
    if (finalizers.includes(rayJobFinalizer)) {
      return job;
    }
    return this.#api.replace<RayJob>(resources.rayJobs, {
      ...job,
      metadata: {
        ...job.metadata,
        finalizers: [...finalizers, rayJobFinalizer],
      },
    });
  }

  async #finalize(job: RayJob): Promise<void> {
    const { finalizers = [] } = job.metadata;
    if (!finalizers.includes(rayJobFinalizer)) {
      return;
    }
    if (!isJobTerminal(job.status?.jobStatus)) {
      try {
        await this.#steps.stop(job);
      } catch (error) {
        // Its pods go in any case: a head that does not answer holds up nothing.
        this.#logger.info(
          `RayJob ${job.metadata.namespace}/${job.metadata.name} is deleted without a stop of its Ray job: ${sentenceOf(error)}`,
        );
      }
    }
    await this.#api.replace(resources.rayJobs, {
      ...job,
      metadata: {
        ...job.metadata,
        finalizers: finalizers.filter(
          finalizer => finalizer !== rayJobFinalizer,
        ),
      },
    });
  }

  async #cleanUp(job: RayJob): Promise<ReconcileResult> {
    const steps = cleanupSteps(job);
    const now = this.#now();
    switch (dueStep(steps, now)?.policy) {
      case 'DeleteCluster':
        await this.#children.deleteCluster(job);
        break;
      case 'DeleteWorkers':
        await this.#children.suspendWorkers(job);
        break;
      case 'DeleteSelf':
        await this.#api.remove(resources.rayJobs, job, {
          propagationPolicy: 'Background',
        });
        break;
      default:
        break;
    }
    return { requeueAfterMs: nextStepIn(steps, now) };
  }
}
