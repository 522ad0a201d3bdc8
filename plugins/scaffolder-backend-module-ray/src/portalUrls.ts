import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { JobRef } from '@ml-platform/rayjob';

const base = (config: RootConfigService) =>
  config.getString('app.baseUrl').replace(/\/+$/, '');

/** Web address of a job's page in the portal. */
export function jobPageUrl(config: RootConfigService, job: JobRef): string {
  const path = [job.cluster, job.namespace, job.name].map(encodeURIComponent);
  return `${base(config)}/ray/jobs/${path.join('/')}`;
}

/** Web address of a scaffolder task's page in the portal. */
export function taskPageUrl(config: RootConfigService, taskId: string): string {
  return `${base(config)}/create/tasks/${encodeURIComponent(taskId)}`;
}
