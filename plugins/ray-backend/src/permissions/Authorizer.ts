import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import type { RESOURCE_TYPE_RAY_JOB } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import {
  rayJobResourceRef,
  type PermittedJob,
} from '@ml-platform/backstage-plugin-ray-node';
import type { Request } from 'express';

export type RayJobPermission = ResourcePermission<typeof RESOURCE_TYPE_RAY_JOB>;

/** Which jobs a decision covers. */
export type JobPredicate = (job: PermittedJob) => boolean;

/** Covers all jobs, so that nobody has to look at each. */
export const EVERY_JOB: JobPredicate = () => true;

export interface AuthorizerOptions {
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly permissionsRegistry: PermissionsRegistryService;
}

/** Which jobs a caller may see, and a text that differs where that does. */
export interface JobScope {
  readonly covers: JobPredicate;
  readonly key: string;
}

/** Turns permission decisions into what the routes need to know. */
export class Authorizer {
  readonly #options: AuthorizerOptions;

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /**
   * Who makes a request.
   * @throws {AuthenticationError} when nobody is signed in
   */
  caller(request: Request): Promise<BackstageCredentials> {
    return this.#options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
  }

  /**
   * The jobs that a permission covers. Conditions of the policy are applied
   * here, to rows of the index, so that neither lists nor counts tell of others.
   *
   * @throws {NotAllowedError} when it covers none
   */
  async jobs(
    credentials: BackstageCredentials,
    permission: RayJobPermission,
  ): Promise<JobPredicate> {
    return (await this.scope(credentials, permission)).covers;
  }

  /**
   * As {@link jobs}, for those who have to know when the answer changes.
   *
   * @throws {NotAllowedError} when it covers none
   */
  async scope(
    credentials: BackstageCredentials,
    permission: RayJobPermission,
  ): Promise<JobScope> {
    const scope = await this.#scope(credentials, permission);
    if (!scope) {
      throw denied(permission.name);
    }
    return scope;
  }

  /** @throws {NotAllowedError} when the caller doesn't have the permission */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (!(await this.allows(credentials, permission))) {
      throw denied(permission.name);
    }
  }

  /** True when the caller has the permission. */
  async allows(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [decision] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** @throws {NotAllowedError} when the permission doesn't cover the job */
  async requireForJob(
    credentials: BackstageCredentials,
    permission: RayJobPermission,
    job: JobSummary,
  ): Promise<void> {
    if (!(await this.covers(credentials, permission, job))) {
      throw denied(permission.name);
    }
  }

  /** True when a permission covers a job. */
  async covers(
    credentials: BackstageCredentials,
    permission: RayJobPermission,
    job: JobSummary,
  ): Promise<boolean> {
    const scope = await this.#scope(credentials, permission);
    return scope?.covers(job) ?? false;
  }

  /** The jobs that a permission covers; `undefined` when it covers none. */
  async #scope(
    credentials: BackstageCredentials,
    permission: RayJobPermission,
  ): Promise<JobScope | undefined> {
    const { permissions, permissionsRegistry } = this.#options;
    const [decision] = await permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.DENY) {
      return undefined;
    }
    if (decision.result === AuthorizeResult.ALLOW) {
      return { covers: EVERY_JOB, key: 'all' };
    }
    const check = createConditionAuthorizer(
      permissionsRegistry.getPermissionRuleset(rayJobResourceRef),
    );
    return {
      covers: job => check(decision, job),
      key: JSON.stringify(decision),
    };
  }
}

function denied(permission: string): NotAllowedError {
  return new NotAllowedError(
    `This needs the permission ${permission}; ask whoever runs the platform for it`,
  );
}
