import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { splitImageReference, type ImageReference } from '../imageReference';
import { RegistryHttp, type RegistryCall } from './RegistryHttp';
import { configSchema, manifestSchema, tagsSchema } from './registrySchemas';

/** An image in a registry. */
export interface RegistryImage {
  /** `sha256:…` of what the tag points at. */
  readonly digest: string;
  /** ISO 8601. */
  readonly createdAt?: string;
  /** Bytes of its layers, as they are kept and sent; of one platform, if it has several. */
  readonly size: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Images that are remembered. */
const MOST_IMAGES = 2_000;

/** Path of the next page, where there is one. Source: RFC 8288. */
function nextPage(response: Response): string | undefined {
  const [, target] =
    /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get('link') ?? '') ??
    [];
  if (target === undefined) {
    return undefined;
  }
  const { pathname, search } = new URL(target, response.url);
  return `${pathname}${search}`;
}

/**
 * Looks images up in registries, with the credentials of docker, podman and buildah.
 *
 * Source: OCI distribution specification.
 *
 * Every method can also fail as follows.
 *
 * @throws {NotAllowedError} when the registry refuses
 * @throws {ServiceUnavailableError} when it doesn't answer
 */
export class RegistryClient {
  readonly #http: RegistryHttp;
  /** By what it was looked up with; true as long as its digest is. */
  readonly #known = new LRUCache<string, RegistryImage>({ max: MOST_IMAGES });

  constructor(options: ConstructorParameters<typeof RegistryHttp>[0]) {
    this.#http = new RegistryHttp(options);
  }

  /** True for a registry without TLS. */
  isPlainHttp(registry: string): boolean {
    return this.#http.isPlainHttp(registry);
  }

  /**
   * Tags of a repository; none where there is no such repository.
   * @throws {InputError} when it isn't the name of a repository
   */
  async tags(
    name: string,
    call: RegistryCall = {},
  ): Promise<readonly string[]> {
    const reference = readReference(name);
    const tags: string[] = [];
    let path: string | undefined = `/v2/${reference.repository}/tags/list`;
    while (path) {
      const response: Response | undefined = await this.#http.get(
        reference,
        path,
        call,
      );
      if (!response) {
        break;
      }
      tags.push(...(tagsSchema.parse(await response.json()).tags ?? []));
      path = nextPage(response);
    }
    return tags;
  }

  /**
   * The digest that a tag points at; `undefined` where there is no such image.
   * @throws {InputError} when it isn't a reference
   */
  async digest(
    ref: string,
    call: RegistryCall = {},
  ): Promise<string | undefined> {
    return (await this.#manifest(readReference(ref), call))?.digest;
  }

  /**
   * The image behind a reference; `undefined` where there is none.
   * @throws {InputError} when it isn't a reference
   */
  async image(
    ref: string,
    call: RegistryCall = {},
  ): Promise<RegistryImage | undefined> {
    const reference = readReference(ref);
    const known = this.#known.get(ref);
    if (known && known.digest === (await this.#digestNow(reference, call))) {
      return known;
    }
    const image = await this.#read(reference, call);
    if (image) {
      this.#known.set(ref, image);
    }
    return image;
  }

  async #read(
    reference: ImageReference,
    call: RegistryCall,
  ): Promise<RegistryImage | undefined> {
    const found = await this.#manifest(reference, call);
    if (!found) {
      return undefined;
    }
    // Of several, the first; builders add statements about it as one more.
    const one = found.manifest.manifests?.find(
      ({ platform }) => platform?.os !== 'unknown',
    );
    const { manifest } =
      (one && (await this.#manifest(reference, call, one.digest))) ?? found;
    const config =
      manifest.config &&
      (await this.#http.get(
        reference,
        `/v2/${reference.repository}/blobs/${manifest.config.digest}`,
        call,
      ));
    const { data } = configSchema.safeParse(await config?.json());
    return {
      digest: found.digest,
      ...(data?.created ? { createdAt: data.created } : {}),
      size: manifest.layers.reduce((sum, layer) => sum + layer.size, 0),
      labels: data?.config?.Labels ?? {},
    };
  }

  /** What a tag points at, without its manifest, where the registry says so. */
  async #digestNow(
    reference: ImageReference,
    call: RegistryCall,
  ): Promise<string | undefined> {
    const { repository, tag, digest } = reference;
    const path = `/v2/${repository}/manifests/${digest ?? tag}`;
    const answer = await this.#http.get(reference, path, call, 'HEAD');
    return answer?.headers.get('docker-content-digest') ?? undefined;
  }

  async #manifest(
    reference: ImageReference,
    call: RegistryCall,
    digest?: string,
  ) {
    const { repository, tag } = reference;
    const response = await this.#http.get(
      reference,
      `/v2/${repository}/manifests/${digest ?? reference.digest ?? tag}`,
      call,
    );
    if (!response) {
      return undefined;
    }
    const text = await response.text();
    return {
      manifest: manifestSchema.parse(JSON.parse(text)),
      digest:
        response.headers.get('docker-content-digest') ??
        `sha256:${createHash('sha256').update(text).digest('hex')}`,
    };
  }
}

function readReference(ref: string): ImageReference {
  const reference = splitImageReference(ref);
  if (!reference) {
    throw new InputError(
      `'${ref}' isn't the reference of an image; write it as registry/name:version`,
    );
  }
  return reference;
}
