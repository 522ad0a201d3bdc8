import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { JobSummary } from '@ml-platform/rayjob';

/** What the person who asked for a job is told of it. */
export type RayJobNotice =
  | {
      /** It succeeded or was stopped; or it failed, and its message says why. */
      readonly kind: 'ended' | 'failed';
      readonly job: JobSummary;
    }
  | {
      /** It has not started, and waits longer than the workload's runs mostly do. */
      readonly kind: 'waits';
      readonly job: JobSummary;
      /** Milliseconds that it has waited. */
      readonly waitedMs: number;
      /** Median of earlier runs in milliseconds, where there are enough of them. */
      readonly usualMs?: number;
    }
  | {
      /** Its pull request has to be merged: to start it, to stop it or to delete it. */
      readonly kind: 'pull-request';
      readonly job: JobSummary;
      readonly verb: 'run' | 'stop' | 'delete';
      /** Web page of the pull request. */
      readonly url?: string;
      /** Milliseconds that the pull request has been open. */
      readonly openMs: number;
    };

/** Hands notices to people. */
export interface RayJobNoticeSender {
  /**
   * Hands one notice to `job.owner`, which is a reference to an entity of the catalog.
   * Each notice comes once, unless the backend dies before it has noted that this
   * resolved: then it comes again.
   *
   * @throws anything, to be asked again later; so is a sender that takes over 20 seconds
   */
  send(notice: RayJobNotice): Promise<void>;
}

/** Lets one module take the notices; without it none are made. */
export interface RayJobNoticesExtensionPoint {
  /** @throws {Error} when another module takes them already */
  setNoticeSender(sender: RayJobNoticeSender): void;
}

export const rayJobNoticesExtensionPoint =
  createExtensionPoint<RayJobNoticesExtensionPoint>({
    id: 'ray.job-notices',
  });
