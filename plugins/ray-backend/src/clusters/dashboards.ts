import {
  clusterDashboards,
  jobDashboards,
  type DashboardLink,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import type { JobCluster } from '@ml-platform/sdk';

/** Pages about a cluster as a whole, its own dashboard first. */
export function dashboardsOfCluster(entry: JobCluster): DashboardLink[] {
  const { name, dashboardUrl, dashboards = [] } = entry;
  const own = dashboardUrl ? [{ title: 'Dashboard', url: dashboardUrl }] : [];
  return [...own, ...clusterDashboards(dashboards, name)];
}

/**
 * Pages about a job.
 * @param object - its RayJob, which knows its Ray cluster and its id in Ray
 */
export function dashboardsOfJob(
  entry: JobCluster | undefined,
  job: JobSummary,
  object: RayJob | undefined,
): DashboardLink[] {
  return jobDashboards(entry?.dashboards ?? [], job, {
    rayCluster: object?.status?.rayClusterName,
    jobId: object?.status?.jobId,
  });
}
