import { createFrontendModule } from '@backstage/frontend-plugin-api';
import homePlugin from '@backstage/plugin-home/alpha';

/** Gives the home page the header of the portal's other pages, and so a heading. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [
    homePlugin.getExtension('page:home').override({
      factory: originalFactory =>
        originalFactory({ params: { noHeader: false } }),
    }),
  ],
});
