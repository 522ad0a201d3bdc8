import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  JobOptions,
  JobOrderBody,
  JobPreview,
  WorkloadParameters,
} from '@ml-platform/backstage-plugin-ray-common';

/**
 * What comes before a new job, as `/api/ray` serves it. Each promise rejects with the
 * `@backstage/errors` error that the backend sends.
 */
export interface OrderApi {
  /** @param workload - reference of its entity, or its name */
  getParameters(workload: string): Promise<WorkloadParameters>;
  /** What the user can choose a job from. */
  getOptions(): Promise<JobOptions>;
  /** The job as it would be created; rejects with the reason where it wouldn't be. */
  preview(order: JobOrderBody): Promise<JobPreview>;
}

export const orderApiRef = createApiRef<OrderApi>().with({
  id: 'plugin.ray.orders',
  pluginId: 'ray',
});
