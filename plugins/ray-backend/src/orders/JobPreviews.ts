import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  rayJobCreatePermission,
  type JobOrderBody,
  type JobPreview,
} from '@ml-platform/backstage-plugin-ray-common';
import { checkParameters, parameterTexts } from '@ml-platform/parameters';
import {
  environmentOf,
  estimateCost,
  jobManifest,
  orderedSpec,
  storageOfRun,
  writeManifest,
  type JobPresets,
  type JobRef,
} from '@ml-platform/rayjob';
import type { Authorizer } from '../permissions/Authorizer';
import type { JobAdmission } from '../permissions/JobAdmission';
import { requesterOf } from '../permissions/requesterOf';
import type { Workloads } from './Workloads';

export interface JobPreviewsOptions {
  readonly authorizer: Authorizer;
  readonly workloads: Workloads;
  readonly admission: JobAdmission;
  readonly presets: JobPresets;
  /** Registry and path that images of workloads are pushed to. */
  readonly registry?: string;
  /** Path of a job's manifest in the jobs repository. */
  readonly pathOf?: (job: JobRef) => string;
  readonly clock: () => Date;
}

/** Renders jobs that nobody has created. */
export class JobPreviews {
  readonly #options: JobPreviewsOptions;

  constructor(options: JobPreviewsOptions) {
    this.#options = options;
  }

  /**
   * The job as it would be created now.
   * @throws {NotAllowedError} when the caller may not create it
   * @throws {NotFoundError} when there is no such workload or cluster
   * @throws {InputError} when the platform doesn't run such a job; says all that is wrong
   */
  async preview(
    body: JobOrderBody,
    caller: BackstageCredentials,
  ): Promise<JobPreview> {
    const { authorizer, workloads, admission, presets } = this.#options;
    const { pathOf, clock } = this.#options;
    const { cluster, namespace, workload, parameters = {}, ...order } = body;
    const { environment = [], image, entrypoint, ...more } = order;
    const { serviceAccount, ...rest } = more;
    await authorizer.jobs(caller, rayJobCreatePermission);
    const found = await workloads.read(workload, caller);
    const storage = await workloads.storageOf(workload, caller);
    const spec = orderedSpec(
      {
        ...rest,
        ...storageOfRun(storage, namespace, serviceAccount),
        name: found.workload,
        image: image ?? this.#image(found.workload, body.version),
        entrypoint: entrypoint ?? found.entrypoint,
        parameters: found.parameters
          ? checkParameters(found.parameters, parameters)
          : parameterTexts(parameters),
        env: environmentOf(environment),
      },
      presets,
      cluster,
    );
    const origin = { namespace, now: clock(), requester: requesterOf(caller) };
    const job = jobManifest(spec, origin);
    await admission.admit({ cluster, job, caller });
    const { name } = job.metadata;
    const gitopsPath = pathOf?.({ cluster, namespace, name });
    const { text, cost } = estimateCost(job, presets);
    return {
      name,
      manifest: writeManifest(jobManifest(spec, { ...origin, gitopsPath })),
      cost: { text, ...cost },
      entityRef: found.entityRef,
      sourceUrl: found.sourceUrl,
    };
  }

  #image(workload: string, version: string): string {
    const registry = this.#options.registry?.replace(/\/+$/, '');
    return `${registry ? `${registry}/` : ''}${workload}:${version}`;
  }
}
