import { Progress } from '@backstage/core-components';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { JobsPage } from './jobs/JobsPage';

const JobDetailPage = lazy(() =>
  import('./job/JobDetailPage').then(module => ({
    default: module.JobDetailPage,
  })),
);

/** Everything below `/ray`. */
export const RayPage = () => (
  <Suspense fallback={<Progress />}>
    <Routes>
      <Route path="/" element={<JobsPage />} />
      <Route
        path="/jobs/:cluster/:namespace/:name/*"
        element={<JobDetailPage />}
      />
    </Routes>
  </Suspense>
);
