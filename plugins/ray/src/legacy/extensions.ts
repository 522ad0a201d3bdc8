import {
  createComponentExtension,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import {
  createSearchResultListItemExtension,
  type SearchResultListItemExtensionProps,
} from '@backstage/plugin-search-react';
import { SEARCH_TYPE_RAY_JOB } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSearchResultProps } from '../search/JobSearchResult';
import { forOlderSystem } from './forOlderSystem';
import { legacyRootRouteRef, rayPlugin } from './plugin';

/** All training jobs, and a page for each. Mount it in a route, for example `/ray`. */
export const RayPage = rayPlugin.provide(
  createRoutableExtension({
    name: 'RayPage',
    component: async () => {
      const { TitledRayPage } = await import('./TitledRayPage');
      return forOlderSystem(TitledRayPage);
    },
    mountPoint: legacyRootRouteRef,
  }),
);

/** All runs of a workload, for a tab of its catalog page. */
export const EntityRayJobsContent = rayPlugin.provide(
  createComponentExtension({
    name: 'EntityRayJobsContent',
    component: {
      lazy: async () => {
        const { EntityJobs } = await import('../entity/EntityJobs');
        return forOlderSystem(EntityJobs);
      },
    },
  }),
);

/** Card on a workload's catalog page with its latest runs. */
export const EntityLatestRayJobsCard = rayPlugin.provide(
  createComponentExtension({
    name: 'EntityLatestRayJobsCard',
    component: {
      lazy: async () => {
        const { LatestJobsCard } = await import('../entity/LatestJobsCard');
        return forOlderSystem(LatestJobsCard);
      },
    },
  }),
);

/** Card on a workload's catalog page with the versions of its image. */
export const EntityRayVersionsCard = rayPlugin.provide(
  createComponentExtension({
    name: 'EntityRayVersionsCard',
    component: {
      lazy: async () => {
        const { VersionsCard } = await import('../entity/VersionsCard');
        return forOlderSystem(VersionsCard);
      },
    },
  }),
);

/** Card on a workload's catalog page with its bucket in Google Cloud. */
export const EntityRayStorageCard = rayPlugin.provide(
  createComponentExtension({
    name: 'EntityRayStorageCard',
    component: {
      lazy: async () => {
        const { StorageCard } = await import('../storage/StorageCard');
        return forOlderSystem(StorageCard);
      },
    },
  }),
);

/** Card on a cluster's catalog page with what it has, what is free and what waits. */
export const EntityRayKubernetesClusterCard = rayPlugin.provide(
  createComponentExtension({
    name: 'EntityRayKubernetesClusterCard',
    component: {
      lazy: async () => {
        const { ClusterCard } = await import('../cluster/ClusterCard');
        return forOlderSystem(ClusterCard);
      },
    },
  }),
);

/** Card on a workload's catalog page with how its runs ended in the last weeks. */
export const EntityRayStatisticsCard = rayPlugin.provide(
  createComponentExtension({
    name: 'EntityRayStatisticsCard',
    component: {
      lazy: async () => {
        const { StatisticsCard } = await import('../statistics/StatisticsCard');
        return forOlderSystem(StatisticsCard);
      },
    },
  }),
);

/** The latest jobs that the user asked for, for a card of the home page. */
export const RayMyJobs = rayPlugin.provide(
  createComponentExtension({
    name: 'RayMyJobs',
    component: {
      lazy: async () => {
        const { MyJobs } = await import('../home/MyJobs');
        return forOlderSystem(MyJobs);
      },
    },
  }),
);

/** A training job among the results of Backstage's search. */
export const RayJobSearchResultListItem: (
  props: SearchResultListItemExtensionProps<JobSearchResultProps>,
) => JSX.Element | null = rayPlugin.provide(
  createSearchResultListItemExtension({
    name: 'RayJobSearchResultListItem',
    component: async () => {
      const { JobSearchResult } = await import('../search/JobSearchResult');
      return forOlderSystem(JobSearchResult);
    },
    predicate: ({ type }) => type === SEARCH_TYPE_RAY_JOB,
  }),
);
