import { openAsBlob } from 'node:fs';
import { InputError } from '@backstage/errors';
import {
  REVISION_LABEL,
  SOURCE_LABEL,
  type ImageBuild,
  type ImageBuilder,
  type ImageBuildLog,
  type ImageBuildRequest,
  type ImageVersion,
} from '@ml-platform/images';
import { answerOf, createPortalApi, type PortalApi } from './portalApi';
import type { PortalPlatformOptions } from './PortalPlatform';
import { PortalServer } from './PortalServer';

interface Call {
  readonly signal?: AbortSignal;
}

/** Milliseconds for the portal to take a context and say what becomes of it. */
const UPLOAD = 10 * 60_000;

/** An {@link ImageBuilder} of the portal: whichever is configured there. */
export class PortalBuilder implements ImageBuilder {
  readonly #api: PortalApi;
  readonly #uploads: PortalApi;

  /** @throws {InputError} when the URL is none */
  constructor(options: PortalPlatformOptions) {
    const { credentials } = options;
    const open = (timeoutMs?: number) =>
      createPortalApi({
        server: new PortalServer({ ...options, timeoutMs }),
        credentials,
      });
    this.#api = open(options.timeoutMs);
    this.#uploads = open(UPLOAD);
  }

  async start(request: ImageBuildRequest): Promise<ImageBuild> {
    const { image, version, dockerfile, contextFile, signal } = request;
    if (request.push === false || request.platform) {
      throw new InputError(
        'The portal pushes each image, for the platform of its builder; choose a builder on this machine for anything else',
      );
    }
    const { [REVISION_LABEL]: revision, [SOURCE_LABEL]: source } =
      request.labels ?? {};
    const context = await openAsBlob(contextFile);
    return answerOf(
      this.#uploads.POST('/builds', {
        params: { query: { image, version, dockerfile, revision, source } },
        body: '',
        bodySerializer: () => context,
        headers: { 'content-type': 'application/x-tar' },
        signal,
      }),
    );
  }

  get(id: string, { signal }: Call = {}): Promise<ImageBuild> {
    return answerOf(
      this.#api.GET('/builds/{id}', { params: { path: { id } }, signal }),
    );
  }

  async log(
    id: string,
    offset: number,
    { signal }: Call = {},
  ): Promise<ImageBuildLog> {
    const { data, response } = await this.#api.GET('/builds/{id}/log', {
      params: { path: { id }, query: { offset } },
      parseAs: 'arrayBuffer',
      signal,
    });
    const bytes = new Uint8Array(data ?? new ArrayBuffer(0));
    const next = response.headers.get('x-log-offset');
    return { bytes, nextOffset: next ? Number(next) : offset + bytes.length };
  }

  async cancel(id: string): Promise<void> {
    await this.#api.DELETE('/builds/{id}', { params: { path: { id } } });
  }

  /**
   * Versions of an image, newest first; none where there is none yet.
   * @throws {NotFoundError} when the portal knows no registry
   */
  async versions(
    name: string,
    { signal }: Call = {},
  ): Promise<readonly ImageVersion[]> {
    const { items } = await answerOf(
      this.#api.GET('/images/{name}/versions', {
        params: { path: { name } },
        signal,
      }),
    );
    return items;
  }
}
