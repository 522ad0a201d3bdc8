import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_RAY_JOB } from '@ml-platform/backstage-plugin-ray-common';
import { type JobSummary } from '@ml-platform/rayjob';
import { z } from 'zod';

/** What permission policies go by: where a job is, what it runs, and whose it is. */
export type PermittedJob = Pick<
  JobSummary,
  'cluster' | 'namespace' | 'workload' | 'owner'
>;

/** A job, as permission policies refer to it. */
export const rayJobResourceRef = createPermissionResourceRef<
  PermittedJob,
  (job: PermittedJob) => boolean
>().with({ pluginId: 'ray', resourceType: RESOURCE_TYPE_RAY_JOB });

const inCluster = createPermissionRule({
  name: 'IN_CLUSTER',
  description: 'Allow jobs on the given clusters',
  resourceRef: rayJobResourceRef,
  paramsSchema: z.object({
    clusters: z.array(z.string()).describe('Names of clusters'),
  }),
  apply: (job, { clusters }) => clusters.includes(job.cluster),
  toQuery:
    ({ clusters }) =>
    job =>
      clusters.includes(job.cluster),
});

const inNamespace = createPermissionRule({
  name: 'IN_NAMESPACE',
  description: 'Allow jobs in the given namespaces',
  resourceRef: rayJobResourceRef,
  paramsSchema: z.object({
    namespaces: z.array(z.string()).describe('Names of namespaces'),
  }),
  apply: (job, { namespaces }) => namespaces.includes(job.namespace),
  toQuery:
    ({ namespaces }) =>
    job =>
      namespaces.includes(job.namespace),
});

const ofWorkload = createPermissionRule({
  name: 'OF_WORKLOAD',
  description: 'Allow runs of the given workloads',
  resourceRef: rayJobResourceRef,
  paramsSchema: z.object({
    workloads: z.array(z.string()).describe('Names of workloads'),
  }),
  apply: (job, { workloads }) => workloads.includes(job.workload ?? ''),
  toQuery:
    ({ workloads }) =>
    job =>
      workloads.includes(job.workload ?? ''),
});

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow jobs that one of the given entities asked for',
  resourceRef: rayJobResourceRef,
  paramsSchema: z.object({
    owners: z.array(z.string()).describe('Entity references of owners'),
  }),
  apply: (job, { owners }) => owners.includes(job.owner ?? ''),
  toQuery:
    ({ owners }) =>
    job =>
      owners.includes(job.owner ?? ''),
});

/** The rules that a policy can make decisions about jobs of. */
export const rayJobRules = { inCluster, inNamespace, ofWorkload, isOwner };

const exported = createConditionExports({
  resourceRef: rayJobResourceRef,
  rules: rayJobRules,
});

/** Conditions by rule, for permission policies. */
export const rayJobConditions = exported.conditions;

/** A conditional decision about jobs, for permission policies. */
export const createRayJobConditionalDecision =
  exported.createConditionalDecision;
