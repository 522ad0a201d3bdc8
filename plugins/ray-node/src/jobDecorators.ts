import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { JobSummary } from '@ml-platform/rayjob';

/**
 * Adds to the row of a job what only others know. Runs for each change, so it
 * must be quick and must not throw.
 */
export type RayJobDecorator = (job: JobSummary) => JobSummary;

/** Lets modules add decorators; they run in the order in which they were added. */
export interface RayJobDecoratorsExtensionPoint {
  addJobDecorator(decorator: RayJobDecorator): void;
}

export const rayJobDecoratorsExtensionPoint =
  createExtensionPoint<RayJobDecoratorsExtensionPoint>({
    id: 'ray.job-decorators',
  });
