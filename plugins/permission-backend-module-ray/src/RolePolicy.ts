import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import type { Roles } from './readRoles';
import { engineerRights, viewerRights, type Right } from './rights';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Decides by role. Who has none, and what no role names, is refused; admins may do
 * all, also what a plugin of tomorrow asks for.
 */
export class RolePolicy implements PermissionPolicy {
  readonly #roles: Roles;

  constructor(roles: Roles) {
    this.#roles = roles;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const refs = user?.info.ownershipEntityRefs ?? [];
    const standing = this.#roles.standingOf(refs);
    if (standing?.role === 'admin') {
      return ALLOW;
    }
    const right = standing && this.#right(standing.role, permission.name);
    if (!user || !standing || !right) {
      return DENY;
    }
    return right === 'always'
      ? ALLOW
      : right({
          user: user.info.userEntityRef,
          shared: standing.shared,
          divided: this.#roles.divided,
        });
  }

  #right(role: 'viewer' | 'engineer', permission: string): Right | undefined {
    const own =
      role === 'engineer' ? engineerRights.get(permission) : undefined;
    return own ?? viewerRights.get(permission);
  }
}
