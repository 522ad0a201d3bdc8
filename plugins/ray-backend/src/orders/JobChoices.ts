import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  rayJobCreatePermission,
  type JobOptions,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  acceleratorsOf,
  ANNOTATION_REQUESTER,
  jobSummary,
  type JobPolicy,
  type JobPresets,
} from '@ml-platform/rayjob';
import type { JobCluster } from '@ml-platform/sdk';
import type { Authorizer } from '../permissions/Authorizer';
import { requesterOf } from '../permissions/requesterOf';

export interface JobChoicesOptions {
  readonly authorizer: Authorizer;
  readonly clusters: () => readonly Pick<
    JobCluster,
    'name' | 'title' | 'namespaces'
  >[];
  readonly policy: Pick<JobPolicy, 'namespaces'>;
  readonly presets: JobPresets;
}

/** What a caller can choose a new job from. */
export class JobChoices {
  readonly #options: JobChoicesOptions;

  constructor(options: JobChoicesOptions) {
    this.#options = options;
  }

  /** @throws {NotAllowedError} when the caller may create no job at all */
  async of(caller: BackstageCredentials): Promise<JobOptions> {
    const { authorizer, clusters, policy, presets } = this.#options;
    const covers = await authorizer.jobs(caller, rayJobCreatePermission);
    const requester = requesterOf(caller);
    const mayRun = (cluster: string) => (namespace: string) =>
      covers(
        jobSummary(cluster, {
          metadata: {
            name: 'new',
            namespace,
            annotations: { [ANNOTATION_REQUESTER]: requester },
          },
        }),
      );
    return {
      clusters: clusters().map(({ name, title, namespaces }) => {
        const fixed = [namespaces, policy.namespaces].filter(
          list => list !== undefined,
        );
        const known = fixed.reduce(
          (both, list) => both.filter(each => list.includes(each)),
          fixed[0] ?? presets.namespaces ?? [],
        );
        return {
          name,
          title,
          namespaces: known.filter(mayRun(name)),
          anyNamespace: fixed.length === 0,
          accelerators: acceleratorsOf(presets, name).map(
            ({ clusters: _, ...kind }) => kind,
          ),
        };
      }),
      sizes: presets.sizes,
      spot: presets.spot,
      currency: presets.prices?.currency,
    };
  }
}
