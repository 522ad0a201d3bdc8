import { createFrontendModule } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';

/**
 * Hides cards that are always empty for workloads. The graph of relations shows
 * the relations that exist.
 */
export const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    catalogPlugin
      .getExtension('entity-card:catalog/depends-on-components')
      .override({ disabled: true }),
    catalogPlugin
      .getExtension('entity-card:catalog/depends-on-resources')
      .override({ disabled: true }),
    catalogPlugin
      .getExtension('entity-card:catalog/has-subcomponents')
      .override({ disabled: true }),
  ],
});
