import { isError, type ConflictError } from '@backstage/errors';
import { CONTENT_LABEL } from './imageLabels';
import { splitImageReference } from './imageReference';
import type { RegistryClient, RegistryImage } from './registry/RegistryClient';
import { nextVersion, otherContent } from './versionRules';

interface Call {
  readonly signal?: AbortSignal;
}

/** Holds builds to the rule that a version never changes. */
export class PublishedVersions {
  readonly #images: Pick<RegistryClient, 'image' | 'tags'>;

  constructor(images: Pick<RegistryClient, 'image' | 'tags'>) {
    this.#images = images;
  }

  /**
   * The version, where the registry has it with this content.
   *
   * @throws {ConflictError} when it has it with other content, with a free version
   * @throws {NotAllowedError} when the registry refuses
   * @throws {ServiceUnavailableError} when the registry doesn't answer
   */
  async find(
    ref: string,
    content: string,
    call: Call = {},
  ): Promise<RegistryImage | undefined> {
    const image = await this.#images.image(ref, call);
    const found = image?.labels[CONTENT_LABEL];
    if (image && found !== content) {
      throw await this.refusal(ref, found ?? '', 'published', call);
    }
    return image;
  }

  /** The error for a version with other content, with one that is free. */
  async refusal(
    ref: string,
    content: string,
    state: 'published' | 'building',
    call: Call = {},
  ): Promise<ConflictError> {
    const reference = splitImageReference(ref);
    if (!reference) {
      return otherContent(ref, content, state);
    }
    const { registry, repository, tag } = reference;
    let tags: readonly string[] = [];
    try {
      tags = await this.#images.tags(`${registry}/${repository}`, call);
    } catch (error) {
      // What is free is only a proposal; the refusal stands without it.
      if (call.signal?.aborted || !isError(error)) throw error;
      return otherContent(ref, content, state);
    }
    return otherContent(ref, content, state, nextVersion(tag, [...tags, tag]));
  }
}
