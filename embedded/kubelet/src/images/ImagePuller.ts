import { isError, NotFoundError } from '@backstage/errors';
import type { Image, ImageStore } from '@ml-platform/embedded-images';

/** Told how a pull goes, for events. */
export interface PullObserver {
  pulling(): void;
  progress(message: string): void;
}

export type PullOutcome =
  | { readonly image: Image; readonly pulledMs?: number }
  /** The words of a container runtime. */
  | { readonly error: string };

/** Gets images for containers; one pull at a time for each image. */
export class ImagePuller {
  readonly #images: ImageStore;
  readonly #pulls = new Map<string, Promise<Image>>();

  constructor(options: { readonly images: ImageStore }) {
    this.#images = options.images;
  }

  /** The image by the container's pull policy; never throws. */
  async obtain(
    ref: string,
    policy: string | undefined,
    observer: PullObserver,
    signal: AbortSignal,
  ): Promise<PullOutcome> {
    try {
      if (policy !== 'Always') {
        const present = await this.#images.get(ref);
        if (present) {
          return { image: present };
        }
        if (policy === 'Never') {
          return {
            error: `Container image "${ref}" is not present with pull policy of Never`,
          };
        }
      }
      observer.pulling();
      const startedAt = Date.now();
      const image = await this.#pull(ref, observer, signal);
      return { image, pulledMs: Date.now() - startedAt };
    } catch (error) {
      return { error: runtimeError(ref, error) };
    }
  }

  #pull(
    ref: string,
    observer: PullObserver,
    signal: AbortSignal,
  ): Promise<Image> {
    const running = this.#pulls.get(ref);
    if (running) {
      return running;
    }
    const pull = this.#images
      .pull(ref, { onProgress: message => observer.progress(message), signal })
      .finally(() => this.#pulls.delete(ref));
    this.#pulls.set(ref, pull);
    return pull;
  }
}

function runtimeError(ref: string, error: unknown): string {
  const failed = `failed to pull and unpack image "${ref}"`;
  const reason = isError(error) ? error.message : String(error);
  if (error instanceof NotFoundError) {
    return `rpc error: code = NotFound desc = ${failed}: ${reason}`;
  }
  return `rpc error: code = Unknown desc = ${failed}: ${reason}`;
}
