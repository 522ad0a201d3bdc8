import { getPath } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { Cell, Column } from '../model/ResourceType';
import { age } from './age';
import { column, NAME, textAt, wide } from './columns';

/** Columns of a custom resource are named and typed as in its CRD. */
const CRD_AGE: Column = {
  name: 'Age',
  type: 'date',
  value: (object, now) => age(object.metadata.creationTimestamp, now),
};

/** A number, or nothing where there is none. */
const countAt =
  (path: string) =>
  (object: KubeObject): Cell => {
    const value = getPath(object, path);
    return typeof value === 'number' ? value : null;
  };

const agoAt = (path: string) => (object: KubeObject, now: number) => {
  const value = getPath(object, path);
  return value ? age(value, now) : null;
};

/** KubeRay's additionalPrinterColumns, and Argo CD's, by storage. */
export const CUSTOM_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  'ray.io/rayjobs': [
    NAME,
    column('job status', textAt('status.jobStatus')),
    column('deployment status', textAt('status.jobDeploymentStatus')),
    column('ray cluster name', textAt('status.rayClusterName')),
    column('start time', textAt('status.startTime')),
    column('end time', textAt('status.endTime')),
    CRD_AGE,
  ],
  'ray.io/rayclusters': [
    NAME,
    column('desired workers', countAt('status.desiredWorkerReplicas'), {
      type: 'integer',
    }),
    column('available workers', countAt('status.availableWorkerReplicas'), {
      type: 'integer',
    }),
    column('cpus', textAt('status.desiredCPU')),
    column('memory', textAt('status.desiredMemory')),
    column('gpus', textAt('status.desiredGPU')),
    column('tpus', textAt('status.desiredTPU'), wide),
    column('status', textAt('status.state')),
    CRD_AGE,
    column('head pod IP', textAt('status.head.podIP'), wide),
    column('head service IP', textAt('status.head.serviceIP'), wide),
  ],
  'ray.io/rayservices': [
    NAME,
    column('service status', textAt('status.serviceStatus')),
    column('num serve endpoints', textAt('status.numServeEndpoints')),
  ],
  'ray.io/raycronjobs': [
    NAME,
    column('schedule', textAt('spec.schedule')),
    column('timezone', textAt('spec.timeZone')),
    column('last schedule', agoAt('status.lastScheduleTime'), {
      type: 'date',
    }),
    CRD_AGE,
    column(
      'suspend',
      object =>
        (getPath(object, 'spec.suspend') as boolean | undefined) ?? null,
      { type: 'boolean' },
    ),
  ],
  'argoproj.io/applications': [
    NAME,
    column('Sync Status', textAt('status.sync.status')),
    column('Health Status', textAt('status.health.status')),
    column('Revision', textAt('status.sync.revision'), { priority: 10 }),
    column('Project', textAt('spec.project'), { priority: 10 }),
  ],
  'apiextensions.k8s.io/customresourcedefinitions': [
    NAME,
    column('Created At', object => object.metadata.creationTimestamp ?? null, {
      type: 'date',
    }),
  ],
};
