import { createApp } from '@backstage/frontend-defaults';
import { catalogModule } from './modules/catalog';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { themesModule } from './modules/themes';

/** Plugins are found in package.json (`app.packages: all`); this adds what is the app's own. */
export default createApp({
  features: [catalogModule, homeModule, navModule, themesModule],
});
