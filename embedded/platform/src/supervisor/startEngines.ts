import { startController } from '@ml-platform/embedded-raycontroller';
import type { FileImageStore } from '@ml-platform/embedded-images';
import { startKubeControllers } from '@ml-platform/embedded-kubecontroller';
import { startKubelet } from '@ml-platform/embedded-kubelet';
import type { Logger } from '@ml-platform/kube';
import { startSyncLoop } from '@ml-platform/embedded-syncloop';
import type { GitSource } from './GitSource';
import { PlatformOptions } from './options';
import type { PlatformClusters } from './PlatformClusters';
import { Secrets } from './secrets';
import { Shutdown } from './Shutdown';

/**
 * Starts what acts on the clusters: the sync loop where no Argo CD does its work,
 * the RayJob controller where no KubeRay does, and on the embedded cluster the
 * node and Kubernetes' own controllers.
 */
export async function startEngines(input: {
  readonly options: PlatformOptions;
  readonly clusters: PlatformClusters;
  readonly git: GitSource;
  readonly images: FileImageStore;
  readonly secrets: Secrets;
  readonly logger: (part: string) => Logger;
  readonly shutdown: Shutdown;
}): Promise<void> {
  const { options, clusters, git, images, secrets, logger, shutdown } = input;
  const abort = new AbortController();
  const running: Promise<unknown>[] = [];
  shutdown.add('controllers, node and sync loop', async () => {
    abort.abort();
    await Promise.allSettled(running);
  });
  const { signal } = abort;
  const onWorkload = { kubeConfig: clusters.workload, signal };

  if (clusters.embedded || options.rayController) {
    running.push(
      startController({
        kubeConfig: clusters.operator,
        signal,
        logger: logger('controller'),
      }).done,
    );
  }
  if (clusters.embedded) {
    running.push(
      startKubeControllers({
        ...onWorkload,
        logger: logger('kube-controllers'),
      }).done,
    );
    const kubelet = await startKubelet({
      ...onWorkload,
      nodeName: 'embedded',
      dataDir: options.stateDir,
      images,
      kubeletToken: secrets.kubelet,
      logger: logger('kubelet'),
    });
    running.push(kubelet.done);
  }
  if (clusters.applications) {
    running.push(
      startSyncLoop({
        kubeConfig: clusters.applications,
        clusters: clusters.deployers,
        gitHost: git,
        token: git.token,
        pollSeconds: git.pollSeconds,
        root: { repository: git.repository, path: 'gitops/argocd/root.yaml' },
        installation: clusters.embedded
          ? undefined
          : `local-${secrets.installation.slice(0, 8)}`,
        logger: logger('sync-loop'),
        signal,
      }).done,
    );
  }
}
