import type { BuildJobOrder } from './buildJob';
import type { KubernetesBuilderSettings } from './kubernetesSettings';

/** Where the pod keeps everything that it makes. */
export const WORK = '/work';
/** Where the parts of a context and the credentials for git are mounted. */
export const PARTS = '/context';
export const GIT_SECRET = '/git';

/** What the pod of a build mounts, and where. */
export function buildVolumes(
  { context }: Pick<BuildJobOrder, 'context'>,
  settings: KubernetesBuilderSettings,
) {
  const { registrySecret, git } = settings;
  return [
    { name: 'work', mountPath: WORK, source: { emptyDir: {} } },
    ...(registrySecret
      ? [
          {
            name: 'registry',
            mountPath: '/registry',
            source: { secret: { secretName: registrySecret } },
          },
        ]
      : []),
    ...('source' in context && git?.secret
      ? [
          {
            name: 'git',
            mountPath: GIT_SECRET,
            source: { secret: { secretName: git.secret } },
          },
        ]
      : []),
    ...('parts' in context
      ? [
          {
            name: 'context',
            mountPath: PARTS,
            source: {
              projected: {
                sources: context.parts.map(part => ({
                  configMap: { name: part },
                })),
              },
            },
          },
        ]
      : []),
  ];
}
