import { rayRoutes } from '@ml-platform/backstage-plugin-ray-common';
import type { JobChoices } from '../orders/JobChoices';
import type { JobPreviews } from '../orders/JobPreviews';
import type { Workloads } from '../orders/Workloads';
import type { ApiRouter } from './ApiRouter';

export interface OrderRoutesOptions {
  readonly choices: JobChoices;
  readonly previews: JobPreviews;
  readonly workloads: Workloads;
}

/** What a new job can be chosen from, and how it would look. */
export function addOrderRoutes(
  api: ApiRouter,
  { choices, previews, workloads }: OrderRoutesOptions,
): void {
  api.answer(rayRoutes.getWorkloadParameters, ({ caller, query }) =>
    workloads.read(query.workload, caller),
  );
  api.answer(rayRoutes.getJobOptions, ({ caller }) => choices.of(caller));
  api.answer(rayRoutes.previewJob, ({ caller, body }) =>
    previews.preview(body, caller),
  );
}
