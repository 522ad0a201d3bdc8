import { isError } from '@backstage/errors';
import type { JobsRepository, ManifestFile } from '@ml-platform/gitops';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { manifestFacts, type ManifestFacts } from './manifestRow';

/** Texts that one reading fetches: the first one of a large repository takes several. */
const MOST_AT_A_TIME = 200;
/** Requests at the same time. */
const AT_ONCE = 4;
/** Manifests whose facts are kept, each about 1 KB. */
const MOST_FACTS = 20_000;

/**
 * What the manifests say, by git's name of their content. Fetches each text once,
 * a bounded number at a time, and leaves a part of GitHub's rate limit alone.
 */
export class ManifestTexts {
  readonly #repository: JobsRepository;
  readonly #facts = new LRUCache<string, ManifestFacts>({ max: MOST_FACTS });

  constructor(options: { readonly repository: JobsRepository }) {
    this.#repository = options.repository;
  }

  /** What a manifest says, if it was read. */
  of(sha: string): ManifestFacts | undefined {
    return this.#facts.get(sha);
  }

  /**
   * Fetches what isn't known yet, in the order that is given.
   * @returns what is left for later, if anything
   */
  async read(files: readonly ManifestFile[]): Promise<string | undefined> {
    const unknown = [
      ...new Set(
        files.map(({ sha }) => sha).filter(sha => sha && !this.#facts.has(sha)),
      ),
    ];
    const limited = pLimit(AT_ONCE);
    let failure: unknown;
    await Promise.all(
      unknown.slice(0, MOST_AT_A_TIME).map(sha =>
        limited(async () => {
          if (failure || !this.#repository.hasSpareRequests) {
            return;
          }
          try {
            this.#facts.set(
              sha,
              manifestFacts(await this.#repository.text(sha)),
            );
          } catch (error) {
            failure = error;
          }
        }),
      ),
    );
    const left = unknown.filter(sha => !this.#facts.has(sha)).length;
    if (failure) {
      const reason = isError(failure) ? failure.message : String(failure);
      return `Couldn't read the manifests of some jobs (${left} left): ${reason}`;
    }
    if (left > 0 && !this.#repository.hasSpareRequests) {
      return `GitHub's rate limit is nearly used up, so the manifests of some jobs are read later (${left} left)`;
    }
    return undefined;
  }
}
