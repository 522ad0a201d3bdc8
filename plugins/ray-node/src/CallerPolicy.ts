import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { policyFor, type JobPolicy } from '@ml-platform/rayjob';

const isUser = ({ principal }: BackstageCredentials) =>
  typeof principal === 'object' &&
  principal !== null &&
  'userEntityRef' in principal;

/** The policy of `ray.policy` as it is for each caller, by the groups they belong to. */
export class CallerPolicy {
  readonly #policy: JobPolicy;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    readonly policy: JobPolicy;
    readonly userInfo: UserInfoService;
  }) {
    this.#policy = options.policy;
    this.#userInfo = options.userInfo;
  }

  /** The policy for a caller; for a service, that for everybody. */
  async of(caller: BackstageCredentials): Promise<JobPolicy> {
    const asks = this.#policy.groups !== undefined && isUser(caller);
    const { ownershipEntityRefs } = asks
      ? await this.#userInfo.getUserInfo(caller)
      : { ownershipEntityRefs: [] };
    return policyFor(this.#policy, ownershipEntityRefs);
  }
}
