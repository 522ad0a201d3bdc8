import { createFrontendModule } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';

/**
 * Leaves out the cards that are empty for workloads, which are made of runs and
 * not of other components; the graph of relations shows what there is.
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
