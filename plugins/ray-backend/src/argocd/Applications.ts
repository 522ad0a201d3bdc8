import type { LoggerService } from '@backstage/backend-plugin-api';
import { resourcePath } from '@ml-platform/kube';
import type { ManagementCluster } from '../management/ManagementCluster';
import { WatchedKind } from '../management/WatchedKind';
import { APPLICATIONS, type Application } from './application';
import { applicationFacts, type ApplicationFacts } from './applicationFacts';
import type { ArgoCdConfig } from './argoCdConfig';
import { followsBranch, followsFile } from './followsFile';

export interface ApplicationsOptions {
  readonly management: ManagementCluster;
  readonly config: ArgoCdConfig;
  readonly logger: LoggerService;
}

/** Argo CD's Applications that follow the repository of the jobs. */
export class Applications {
  readonly #applications: WatchedKind<Application, ApplicationFacts>;

  constructor({ management, config, logger }: ApplicationsOptions) {
    this.#applications = new WatchedKind({
      management,
      path: resourcePath(APPLICATIONS, config.namespace),
      title: 'Applications of Argo CD',
      setting: 'ray.argocd.managementCluster',
      keep: application => keep(application, config),
      logger,
    });
  }

  /** Why nobody can be asked; undefined once all is known. */
  get problem(): string | undefined {
    return this.#applications.problem;
  }

  /**
   * The Application that brings a file of the repository: the one whose folder is
   * nearest to the file.
   */
  of(path: string): ApplicationFacts | undefined {
    let nearest: { facts: ApplicationFacts; depth: number } | undefined;
    for (const facts of this.#applications.values()) {
      for (const source of facts.sources) {
        const depth = followsFile(source, path);
        if (depth !== undefined && depth > (nearest?.depth ?? -1)) {
          nearest = { facts, depth };
        }
      }
    }
    return nearest?.facts;
  }

  /** Resolves at the next change, after the milliseconds, or when the signal aborts. */
  waitFor(ms: number, signal: AbortSignal): Promise<void> {
    return this.#applications.waitFor(ms, signal);
  }
}

/** What of an Application is kept: nothing where it has none of the jobs' files. */
function keep(
  application: Application,
  { jobs }: ArgoCdConfig,
): ApplicationFacts | undefined {
  const facts = applicationFacts(application);
  const sources = facts.sources.filter(source => followsBranch(source, jobs));
  return sources.length > 0 ? { ...facts, sources } : undefined;
}
