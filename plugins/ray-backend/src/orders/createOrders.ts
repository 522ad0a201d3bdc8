import type {
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CallerPolicy,
  ParameterFiles,
} from '@ml-platform/backstage-plugin-ray-node';
import {
  readJobPolicy,
  readJobPresets,
  UNENDED_STATES,
  type JobRef,
} from '@ml-platform/rayjob';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import { EVERY_JOB, type Authorizer } from '../permissions/Authorizer';
import { JobAdmission } from '../permissions/JobAdmission';
import { JobChoices } from './JobChoices';
import { JobPreviews } from './JobPreviews';
import { Workloads } from './Workloads';

export interface OrdersOptions {
  readonly authorizer: Authorizer;
  readonly catalog: CatalogService;
  readonly clock: () => Date;
  readonly clusters: Clusters;
  readonly config: Config;
  readonly index: JobIndex;
  readonly pathOf?: (job: JobRef) => string;
  readonly reader: UrlReaderService;
  readonly userInfo: UserInfoService;
}

/**
 * What stands before a new job: what it is chosen from, how it would look, and whether
 * it is let in.
 *
 * @throws {InputError} when `ray.policy` or `ray.jobs` is wrong
 */
export function createOrders(options: OrdersOptions) {
  const { authorizer, catalog, clock, clusters, config, index, pathOf } =
    options;
  const policy = readJobPolicy(config.getOptional('ray.policy'));
  const presets = readJobPresets(config.getOptional('ray.jobs'));
  const callerPolicy = new CallerPolicy({ ...options, policy });
  const allowedMetadata =
    config.getOptionalStringArray('ray.submit.allowedMetadata') ?? [];
  const admission = new JobAdmission({
    authorizer,
    namespacesOf: cluster => clusters.get(cluster).entry.namespaces,
    policyOf: caller => callerPolicy.of(caller),
    allowedMetadata,
    jobsAt: ({ cluster, namespace }) =>
      index.select({}, { covers: EVERY_JOB, key: '' }).matching({
        cluster: [cluster],
        namespace: [namespace],
        state: UNENDED_STATES,
      }),
  });
  const workloads = new Workloads({
    catalog,
    files: new ParameterFiles({
      reader: options.reader,
      integrations: ScmIntegrations.fromConfig(config),
    }),
  });
  return {
    admission,
    allowedMetadata,
    presets,
    workloads,
    choices: new JobChoices({
      authorizer,
      clusters: () => clusters.all().map(({ entry }) => entry),
      policy,
      presets,
    }),
    previews: new JobPreviews({
      admission,
      authorizer,
      clock,
      pathOf,
      presets,
      registry:
        config.getOptionalString('ray.builder.registry') ??
        policy.registries?.[0],
      workloads,
    }),
  };
}
