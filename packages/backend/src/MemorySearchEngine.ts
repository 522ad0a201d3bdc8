import { isError } from '@backstage/errors';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';

type Query = Parameters<LunrSearchEngine['query']>[0];
type Indexer = Awaited<ReturnType<LunrSearchEngine['getIndexer']>>;

/** Between two words in the index: it has `stellar` and `optimization`. */
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/gu;

/**
 * Backstage's index in memory. Unlike that it
 *
 * - finds nothing, rather than failing, in what has no documents yet,
 * - finds `stellar_optimization` by its name: it divides what is searched for into the same
 *   words as the documents,
 * - forgets documents that are no longer in the index, so that it doesn't grow with each job
 *   that ever ran.
 */
export class MemorySearchEngine extends LunrSearchEngine {
  readonly #locations = new Map<string, ReadonlySet<string>>();

  async query(query: Query) {
    const term = query.term.replace(BETWEEN_WORDS, ' ').trim();
    try {
      return await super.query({ ...query, term });
    } catch (error) {
      if (isError(error) && error.name === 'MissingIndexError') {
        return { results: [], numberOfResults: 0 };
      }
      throw error;
    }
  }

  async getIndexer(type: string): Promise<Indexer> {
    const before = this.lunrIndices[type];
    const indexer = await super.getIndexer(type);
    // The engine replaces the index in a listener that came before this one.
    return indexer.on('close', () => {
      if (this.lunrIndices[type] !== before) {
        this.#forget(type, new Set(Object.keys(indexer.getDocumentStore())));
      }
    });
  }

  #forget(type: string, locations: ReadonlySet<string>): void {
    for (const location of this.#locations.get(type) ?? []) {
      if (!locations.has(location)) {
        delete this.docStore[location];
      }
    }
    this.#locations.set(type, locations);
  }
}
