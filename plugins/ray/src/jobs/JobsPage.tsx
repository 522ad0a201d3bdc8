import { Content } from '@backstage/core-components';
import { JobsView } from './JobsView';

/** All training jobs of all clusters. */
export const JobsPage = () => (
  <Content>
    <JobsView />
  </Content>
);
