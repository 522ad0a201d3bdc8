import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import { kubernetesPermissions } from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { rayPermissions } from '@ml-platform/backstage-plugin-ray-common';
import { readRoles } from './readRoles';
import { RolePolicy } from './RolePolicy';

const ALL: readonly Permission[] = [
  ...rayPermissions,
  ...catalogPermissions,
  ...scaffolderPermissions,
  ...kubernetesPermissions,
  createPermission({ name: 'plugin.of.tomorrow', attributes: {} }),
];

const ROLES = {
  viewer: ['group:default/everyone'],
  engineer: ['group:default/ml'],
  admin: ['group:default/platform', 'user:default/root'],
};

function policy(permission: object = { roles: ROLES }): RolePolicy {
  return new RolePolicy(
    readRoles(
      mockServices.rootConfig({
        data: JSON.parse(JSON.stringify({ permission })),
      }),
    ),
  );
}

function user(...ownershipEntityRefs: string[]) {
  const userEntityRef = 'user:default/ada';
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: {
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, ...ownershipEntityRefs],
    },
  };
}

const theirJobs = (namespaces: readonly string[]) => ({
  pluginId: 'ray',
  resourceType: 'ray-job',
  result: AuthorizeResult.CONDITIONAL,
  conditions: {
    anyOf: [
      {
        resourceType: 'ray-job',
        rule: 'IS_OWNER',
        params: { owners: ['user:default/ada'] },
      },
      {
        resourceType: 'ray-job',
        rule: 'IN_NAMESPACE',
        params: { namespaces },
      },
    ],
  },
});

const theirTasks = {
  pluginId: 'scaffolder',
  resourceType: 'scaffolder-task',
  result: AuthorizeResult.CONDITIONAL,
  conditions: {
    resourceType: 'scaffolder-task',
    rule: 'IS_TASK_OWNER',
    params: { createdBy: ['user:default/ada'] },
  },
};

/** Letters for what a role may: all, on conditions, nothing. */
async function rightsOf(
  who: ReturnType<typeof user> | undefined,
): Promise<Record<string, string>> {
  const decisions = await Promise.all(
    ALL.map(async permission => {
      const { result } = await policy().handle({ permission }, who);
      return [permission.name, result] as const;
    }),
  );
  return Object.fromEntries(decisions);
}

describe('RolePolicy', () => {
  it.each([
    // permission, viewer, engineer, admin
    ['ray.job.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['ray.log.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['ray.cluster.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['ray.storage.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['ray.image.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['ray.image.build', 'DENY', 'ALLOW', 'ALLOW'],
    ['ray.job.create', 'DENY', 'ALLOW', 'ALLOW'],
    ['ray.job.stop', 'DENY', 'CONDITIONAL', 'ALLOW'],
    ['ray.job.sync', 'DENY', 'CONDITIONAL', 'ALLOW'],
    ['ray.job.delete', 'DENY', 'CONDITIONAL', 'ALLOW'],
    ['ray.job.secrets.read', 'DENY', 'CONDITIONAL', 'ALLOW'],
    ['ray.cluster.scale', 'DENY', 'DENY', 'ALLOW'],
    ['catalog.entity.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['catalog.location.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['catalog.entity.refresh', 'DENY', 'ALLOW', 'ALLOW'],
    ['catalog.entity.validate', 'DENY', 'ALLOW', 'ALLOW'],
    ['catalog.entity.create', 'DENY', 'DENY', 'ALLOW'],
    ['catalog.entity.delete', 'DENY', 'DENY', 'ALLOW'],
    ['catalog.location.create', 'DENY', 'DENY', 'ALLOW'],
    ['catalog.location.delete', 'DENY', 'DENY', 'ALLOW'],
    ['catalog.location.analyze', 'DENY', 'DENY', 'ALLOW'],
    ['scaffolder.template.parameter.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['scaffolder.template.step.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['scaffolder.action.execute', 'DENY', 'ALLOW', 'ALLOW'],
    ['scaffolder.task.create', 'DENY', 'ALLOW', 'ALLOW'],
    ['scaffolder.task.read', 'DENY', 'CONDITIONAL', 'ALLOW'],
    ['scaffolder.task.cancel', 'DENY', 'CONDITIONAL', 'ALLOW'],
    ['scaffolder.template.dry-run', 'DENY', 'ALLOW', 'ALLOW'],
    ['scaffolder.template.management', 'DENY', 'DENY', 'ALLOW'],
    ['kubernetes.clusters.read', 'ALLOW', 'ALLOW', 'ALLOW'],
    ['kubernetes.resources.read', 'DENY', 'DENY', 'ALLOW'],
    ['kubernetes.proxy', 'DENY', 'DENY', 'ALLOW'],
    ['plugin.of.tomorrow', 'DENY', 'DENY', 'ALLOW'],
  ])('%s: viewer %s, engineer %s, admin %s', async (name, ...expected) => {
    const permission = ALL.find(one => one.name === name);
    expect(permission).toBeDefined();
    const rights = await Promise.all(
      ['everyone', 'ml', 'platform'].map(group =>
        rightsOf(user(`group:default/${group}`)),
      ),
    );
    expect(rights.map(right => right[name])).toEqual(expected);
  });

  it.each([
    ['without a role', user('group:default/strangers')],
    ['who is not signed in', undefined],
  ])('refuses everything to somebody %s', async (_, who) => {
    expect(new Set(Object.values(await rightsOf(who)))).toEqual(
      new Set(['DENY']),
    );
  });

  it('gives somebody in several groups the most powerful role', async () => {
    const both = user('group:default/everyone', 'group:default/ml');
    expect((await rightsOf(both))['ray.job.create']).toBe('ALLOW');
  });

  it('takes users as well as groups', async () => {
    const roles = { admin: ['User:ada'] };
    const decision = await policy({ roles }).handle(
      { permission: rayPermissions[0] },
      user(),
    );
    expect(decision).toEqual({ result: 'ALLOW' });
  });

  it.each([
    'ray.job.stop',
    'ray.job.sync',
    'ray.job.delete',
    'ray.job.secrets.read',
  ])(
    "limits %s to an engineer's own jobs and namespaces of their groups",
    async name => {
      const permission = rayPermissions.find(one => one.name === name);
      const namespaces = {
        vision: ['group:default/vision'],
        speech: ['group:default/speech'],
      };
      const decide = (permissions: object) =>
        policy(permissions).handle(
          { permission: permission ?? rayPermissions[0] },
          user('group:default/ml', 'group:default/vision'),
        );
      expect(await decide({ roles: ROLES })).toEqual(theirJobs([]));
      expect(await decide({ roles: ROLES, namespaces })).toEqual(
        theirJobs(['vision']),
      );
    },
  );

  it('lets engineers start jobs in namespaces of their groups only, once there are any', async () => {
    const permission = rayPermissions.find(
      ({ name }) => name === 'ray.job.create',
    );
    const decision = await policy({
      roles: ROLES,
      namespaces: { vision: ['group:default/vision'] },
    }).handle(
      { permission: permission ?? rayPermissions[0] },
      user('group:default/ml'),
    );
    expect(decision).toMatchObject({
      result: 'CONDITIONAL',
      conditions: { rule: 'IN_NAMESPACE', params: { namespaces: [] } },
    });
  });

  it.each(['scaffolder.task.read', 'scaffolder.task.cancel'])(
    'limits %s to tasks that an engineer started',
    async name => {
      const permission = ALL.find(one => one.name === name) ?? ALL[0];
      expect(
        await policy().handle({ permission }, user('group:default/ml')),
      ).toEqual(theirTasks);
    },
  );
});

describe('the configuration', () => {
  it.each([
    [
      { roles: { owner: [] } },
      "permission.roles: there is no role 'owner'; use viewer, engineer, admin",
    ],
    [
      { roles: { viewer: ['everyone'] } },
      "permission.roles.viewer: 'everyone' can't have it",
    ],
    [
      { roles: { viewer: ['component:default/x'] } },
      'it is neither a group nor a user',
    ],
    [
      { namespaces: { training: ['nobody'] } },
      "permission.namespaces.training: 'nobody' can't have it",
    ],
  ])('%j is refused', (permission, message) => {
    expect(() => policy(permission)).toThrow(message);
  });

  it('may give nobody a role', async () => {
    const decision = await policy({}).handle(
      { permission: rayPermissions[0] },
      user('group:default/platform'),
    );
    expect(decision).toEqual({ result: 'DENY' });
  });
});
