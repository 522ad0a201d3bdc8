import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { PgSearchEngine } from '@backstage/plugin-search-backend-module-pg';
import { searchEngineRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { MemorySearchEngine } from './MemorySearchEngine';

/**
 * The portal's search engine: PostgreSQL where that is the portal's database, so that
 * all backends find what one of them indexed; otherwise an index in memory.
 */
export const searchEngineModule = createBackendModule({
  pluginId: 'search',
  moduleId: 'portal-engine',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        engines: searchEngineRegistryExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ config, database, engines, logger }) {
        engines.setSearchEngine(
          (await PgSearchEngine.supported(database))
            ? await PgSearchEngine.fromConfig(config, { database, logger })
            : new MemorySearchEngine({ logger }),
        );
      },
    });
  },
});
