import type { PlatformSettings } from '@ml-platform/sdk';
import type { GlobalOptions } from './Cli';

/** The settings that the options give. */
export function settingsOf({
  context,
  kubeconfig,
  namespace,
  portal,
  project,
}: GlobalOptions): PlatformSettings {
  return {
    ...(context && { contexts: { workload: context }, via: 'cluster' }),
    ...(kubeconfig && { kubeconfig, via: 'cluster' }),
    ...(namespace && { namespace }),
    ...(portal && { portal, via: 'portal' }),
    ...(project && { projectId: project }),
  };
}
