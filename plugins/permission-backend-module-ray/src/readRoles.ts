import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';

/** From the least powerful to the most. */
export const ROLES = ['viewer', 'engineer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who somebody is to the policy. */
export interface Standing {
  readonly role: Role;
  /** Namespaces that they share with their groups. */
  readonly shared: readonly string[];
}

/** The roles and namespaces of groups and users. */
export class Roles {
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #namespaces: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(
    roles: ReadonlyMap<string, Role>,
    namespaces: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.#roles = roles;
    this.#namespaces = namespaces;
  }

  /** Number of groups and users that have a role. */
  get size(): number {
    return this.#roles.size;
  }

  /** True when namespaces belong to groups, so that engineers start jobs in theirs only. */
  get divided(): boolean {
    return this.#namespaces.size > 0;
  }

  /** Who they are that go by these references; `undefined` for nobody. */
  standingOf(refs: readonly string[]): Standing | undefined {
    const held = new Set(refs.map(ref => this.#roles.get(ref)));
    const role = ROLES.findLast(one => held.has(one));
    return (
      role && {
        role,
        shared: [...this.#namespaces].flatMap(([namespace, owners]) =>
          refs.some(ref => owners.has(ref)) ? [namespace] : [],
        ),
      }
    );
  }
}

/** @throws {InputError} for what is no reference of a group or a user */
function entityRef(text: string, key: string): string {
  try {
    const ref = parseEntityRef(text);
    if (!['group', 'user'].includes(ref.kind.toLocaleLowerCase('en-US'))) {
      throw new InputError('it is neither a group nor a user');
    }
    return stringifyEntityRef(ref);
  } catch (error) {
    throw new InputError(
      `${key}: '${text}' can't have it (${toError(error).message}); write references like group:default/ml-engineers`,
    );
  }
}

/**
 * Reads `permission.roles` and `permission.namespaces`.
 *
 * @throws {InputError} for a role that there is not, and for what is no reference
 */
export function readRoles(config: Config): Roles {
  const chosen = config.getOptionalConfig('permission.roles');
  const unknown = chosen?.keys().find(key => !ROLES.some(role => role === key));
  if (unknown !== undefined) {
    throw new InputError(
      `permission.roles: there is no role '${unknown}'; use ${ROLES.join(', ')}`,
    );
  }
  const roles = new Map(
    ROLES.flatMap(role =>
      (chosen?.getOptionalStringArray(role) ?? []).map(
        text => [entityRef(text, `permission.roles.${role}`), role] as const,
      ),
    ),
  );
  const owners = config.getOptional<Record<string, string[]>>(
    'permission.namespaces',
  );
  const namespaces = new Map(
    Object.entries(owners ?? {}).map(([namespace, refs]) => [
      namespace,
      new Set(
        refs.map(ref => entityRef(ref, `permission.namespaces.${namespace}`)),
      ),
    ]),
  );
  return new Roles(roles, namespaces);
}
