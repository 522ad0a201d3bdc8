import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type { PlatformSettings } from '@ml-platform/sdk';
import type { GlobalOptions } from '../../Cli';
import type { InitOptions } from './command';

/**
 * The settings that the options give.
 * @throws {InputError} for options that don't fit together
 */
export function optionSettings(
  globals: GlobalOptions,
  options: InitOptions,
  cwd: string,
): PlatformSettings {
  const { context, kubeconfig, namespace, portal, project } = globals;
  const { managementContext, clusterName, registry, via, as: user } = options;
  const { builder, builderUrl, repository, branch } = options;
  if (branch && !repository) {
    throw new InputError('--branch is of a repository; give --repository too');
  }
  if (builder === 'service' && !builderUrl) {
    throw new InputError(
      'Give the address of the build service, --builder-url',
    );
  }
  return {
    ...(project && { projectId: project }),
    ...(kubeconfig && { kubeconfig: resolve(cwd, kubeconfig) }),
    ...((context || managementContext) && {
      contexts: {
        ...(context && { workload: context }),
        ...(managementContext && { management: managementContext }),
      },
    }),
    ...(clusterName && { cluster: clusterName }),
    ...(namespace && { namespace }),
    ...(registry && { registry }),
    ...((builder || builderUrl) && {
      builder: {
        type: builder ?? 'service',
        ...(builderUrl && { url: builderUrl }),
      },
    }),
    ...(repository && { git: { repository, ...(branch && { branch }) } }),
    ...(portal && { portal }),
    ...(via && { via }),
    ...(user && { user }),
  };
}
