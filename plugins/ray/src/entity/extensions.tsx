import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { isCluster } from '../cluster/clusterOf';
import { hasStorage, isWorkload } from './workloadOf';

/** Tab of a workload's catalog page with all its runs. */
export const entityJobsContent = EntityContentBlueprint.make({
  name: 'jobs',
  params: {
    path: '/training-jobs',
    title: 'Training jobs',
    filter: isWorkload,
    loader: async () => {
      const { EntityJobs } = await import('./EntityJobs');
      return <EntityJobs />;
    },
  },
});

/** Card on a workload's catalog page with its latest runs. */
export const latestJobsCard = EntityCardBlueprint.make({
  name: 'latest-jobs',
  params: {
    type: 'content',
    filter: isWorkload,
    loader: async () => {
      const { LatestJobsCard } = await import('./LatestJobsCard');
      return <LatestJobsCard />;
    },
  },
});

/** Card on a workload's catalog page with its bucket in Google Cloud. */
export const storageCard = EntityCardBlueprint.make({
  name: 'storage',
  params: {
    type: 'content',
    filter: hasStorage,
    loader: async () => {
      const { StorageCard } = await import('../storage/StorageCard');
      return <StorageCard />;
    },
  },
});

/** Card on a workload's catalog page with how its runs ended in the last weeks. */
export const statisticsCard = EntityCardBlueprint.make({
  name: 'statistics',
  params: {
    type: 'content',
    filter: isWorkload,
    loader: async () => {
      const { StatisticsCard } = await import('../statistics/StatisticsCard');
      return <StatisticsCard />;
    },
  },
});

/** Card on a workload's catalog page with the versions of its image. */
export const versionsCard = EntityCardBlueprint.make({
  name: 'versions',
  params: {
    type: 'content',
    filter: isWorkload,
    loader: async () => {
      const { VersionsCard } = await import('./VersionsCard');
      return <VersionsCard />;
    },
  },
});

/** Card on a cluster's catalog page with what it has, what is free and what waits. */
export const clusterCard = EntityCardBlueprint.make({
  name: 'cluster',
  params: {
    type: 'content',
    filter: isCluster,
    loader: async () => {
      const { ClusterCard } = await import('../cluster/ClusterCard');
      return <ClusterCard />;
    },
  },
});
