import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { isWorkload } from './workloadOf';

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
