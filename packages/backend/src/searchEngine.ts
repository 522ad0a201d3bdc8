import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import { searchEngineRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';

type Query = Parameters<LunrSearchEngine['query']>[0];

/** Finds nothing, rather than failing, in what has no documents yet. */
export class EmptyUntilIndexed extends LunrSearchEngine {
  async query(query: Query) {
    try {
      return await super.query(query);
    } catch (error) {
      if (isError(error) && error.name === 'MissingIndexError') {
        return { results: [], numberOfResults: 0 };
      }
      throw error;
    }
  }
}

/** The portal's search engine: an index in memory. */
export const searchEngineModule = createBackendModule({
  pluginId: 'search',
  moduleId: 'lunr-empty-until-indexed',
  register(env) {
    env.registerInit({
      deps: {
        engines: searchEngineRegistryExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ engines, logger }) {
        engines.setSearchEngine(new EmptyUntilIndexed({ logger }));
      },
    });
  },
});
