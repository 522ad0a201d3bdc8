import { isError, NotAllowedError } from '@backstage/errors';
import { CONTENT_LABEL, findEngine, RegistryClient } from '@ml-platform/images';
import type { BuildJob, ImageBuilder } from './ImageBuilder';
import type { StepLog } from './StepLog';

/** What the label of somebody else's image comes to: other content, whatever it is. */
const UNKNOWN = 'unknown';

/** Builds real images with podman, buildah or docker and pushes them. */
export class OciBuilder implements ImageBuilder {
  readonly #env: NodeJS.ProcessEnv;
  readonly #registry: Pick<RegistryClient, 'image'>;

  constructor(options: { readonly env: NodeJS.ProcessEnv }) {
    this.#env = options.env;
    this.#registry = new RegistryClient(options);
  }

  async publishedDigest(
    ref: string,
    remembered: string | undefined,
  ): Promise<string | undefined> {
    try {
      const image = await this.#registry.image(ref);
      return image && (image.labels[CONTENT_LABEL] ?? UNKNOWN);
    } catch (error) {
      if (isError(error) && error.name === NotAllowedError.name) {
        return remembered;
      }
      throw error;
    }
  }

  async build(job: BuildJob, log: StepLog, signal: AbortSignal): Promise<void> {
    const { ref, digest, contextDir, dockerfile, workDir } = job;
    const engine = await findEngine({ env: this.#env, signal });
    const labels = { ...job.labels, [CONTENT_LABEL]: digest };
    await engine.build(
      { ref, contextDir, dockerfile, labels, workDir },
      { log, signal },
    );
    await engine.push({ ref, workDir }, { log, signal });
  }
}
