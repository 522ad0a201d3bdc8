import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  PARAMETERS_FILE,
  readParameterSchema,
  type ParameterSchema,
} from '@ml-platform/parameters';
import { LRUCache } from 'lru-cache';

/** Files whose content is kept. */
const MOST_FILES = 500;

interface KnownFile {
  readonly etag?: string;
  /** Absent where there is no such file. */
  readonly schema?: ParameterSchema;
}

export interface ParameterFilesOptions {
  readonly reader: Pick<UrlReaderService, 'readUrl'>;
  readonly integrations: Pick<ScmIntegrationRegistry, 'resolveUrl'>;
}

const isNamed = (error: unknown, name: string) =>
  isError(error) && error.name === name;

/**
 * The `parameters.schema.json` of workloads, read from git. What was read before is asked
 * for by its ETag, which costs the git host nothing where the file is the same.
 */
export class ParameterFiles {
  readonly #options: ParameterFilesOptions;
  readonly #known = new LRUCache<string, KnownFile>({ max: MOST_FILES });

  constructor(options: ParameterFilesOptions) {
    this.#options = options;
  }

  /**
   * The parameters of the workload in a folder; `undefined` where it has none.
   *
   * @param folder - web address of the folder, on a branch or at a commit
   * @throws {InputError} when the file is no schema of parameters; names what is wrong
   */
  async read(
    folder: string,
    signal?: AbortSignal,
  ): Promise<ParameterSchema | undefined> {
    const { reader, integrations } = this.#options;
    const url = integrations.resolveUrl({
      url: PARAMETERS_FILE,
      base: folder.endsWith('/') ? folder : `${folder}/`,
    });
    const known = this.#known.get(url);
    try {
      const file = await reader.readUrl(url, { etag: known?.etag, signal });
      const text = (await file.buffer()).toString('utf8');
      const schema = readParameterSchema(text, url);
      this.#known.set(url, { etag: file.etag, schema });
      return schema;
    } catch (error) {
      if (known && isNamed(error, 'NotModifiedError')) {
        return known.schema;
      }
      if (isNamed(error, 'NotFoundError')) {
        this.#known.delete(url);
        return undefined;
      }
      throw error;
    }
  }
}
