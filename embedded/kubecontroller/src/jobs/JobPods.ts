import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type KubeApi,
  kinds,
  type Pod,
  type Job,
} from '@ml-platform/embedded-controller-runtime';
import { isTracked, TRACKING_FINALIZER } from './jobObjects';
import { podForJob } from './podForJob';

/** The pods of jobs, as the API server has them now. */
export class JobPods {
  readonly #api: KubeApi;

  constructor(options: { readonly api: KubeApi }) {
    this.#api = options.api;
  }

  /** The pods of all jobs that have, or had, the name. */
  async named(namespace: string, name: string): Promise<readonly Pod[]> {
    return this.#api.list<Pod>(kinds.pods, {
      namespace,
      labelSelector: `batch.kubernetes.io/job-name=${name}`,
    });
  }

  create(job: Job): Promise<Pod> {
    return this.#api.create<Pod>(kinds.pods, podForJob(job));
  }

  remove(pod: Pod): Promise<void> {
    return this.#api.remove(kinds.pods, pod);
  }

  /** Lets go of pods that are counted, or that nobody counts any more. */
  async release(pods: readonly Pod[]): Promise<void> {
    for (const pod of pods.filter(isTracked)) {
      const { namespace, name, uid } = pod.metadata;
      const finalizers = pod.metadata.finalizers?.filter(
        each => each !== TRACKING_FINALIZER,
      );
      await this.#api
        .patch(
          kinds.pods,
          { namespace, name },
          { metadata: { uid, finalizers } },
        )
        .catch(ignoreGone);
    }
  }
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof NotFoundError || error instanceof ConflictError)) {
    throw error;
  }
}
