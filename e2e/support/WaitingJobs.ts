import { resourcePath, type KubeClient } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { embeddedCluster } from './embeddedCluster';

const NAMESPACE = 'training';
const LABEL = 'e2e.ml-platform.dev/waiting';
/** Requests at the same time. */
const AT_ONCE = 10;
const WORKLOADS = ['comet-search', 'star-maps', 'tide-model'];

const container = (name: string) => ({
  spec: { containers: [{ name, image: 'localhost/none:1.0.0' }] },
});

/** Number `i`; the numbers of a name are as wide as those of all others. */
function waitingJob(i: number) {
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: {
      name: `waiting-${String(i).padStart(4, '0')}`,
      namespace: NAMESPACE,
      labels: {
        [LABEL]: 'true',
        'app.kubernetes.io/name': WORKLOADS[i % WORKLOADS.length],
        'app.kubernetes.io/version': '1.0.0',
      },
      annotations: { 'ml-platform.dev/requester': `user:default/ada-${i % 7}` },
    },
    spec: {
      entrypoint: `python train.py --seed=${i}`,
      suspend: true,
      shutdownAfterJobFinishes: true,
      rayClusterSpec: {
        rayVersion: '2.55.1',
        headGroupSpec: {
          rayStartParams: {},
          template: container('ray-head'),
        },
      },
    },
  };
}

/** Jobs of the embedded platform that are suspended: they cost nothing but their rows. */
export class WaitingJobs {
  readonly #client: KubeClient;

  /** @param state - folder of the platform's state */
  constructor(state: string) {
    this.#client = embeddedCluster(state);
  }

  /** Makes jobs from `waiting-0000` on; those of each of three workloads take turns. */
  async make(count: number): Promise<void> {
    let next = 0;
    const path = resourcePath(RAYJOBS, NAMESPACE);
    const makeSome = async () => {
      while (next < count) {
        const body = waitingJob(next);
        next += 1;
        await this.#client.json({ method: 'POST', path, body });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, makeSome));
  }

  async removeAll(): Promise<void> {
    await this.#client.text({
      method: 'DELETE',
      path: resourcePath(RAYJOBS, NAMESPACE),
      query: { labelSelector: LABEL },
    });
  }
}
