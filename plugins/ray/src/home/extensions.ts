import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

/** Widget of the home page with the jobs that the user asked for. */
export const myJobsWidget = HomePageWidgetBlueprint.make({
  name: 'my-jobs',
  params: {
    name: 'MyTrainingJobs',
    title: 'My training jobs',
    description: 'The latest training jobs that you asked for, live',
    layout: {
      width: { minColumns: 3, defaultColumns: 6 },
      height: { minRows: 4, defaultRows: 8 },
    },
    components: async () => {
      const { MyJobs } = await import('./MyJobs');
      return { Content: MyJobs };
    },
  },
});
