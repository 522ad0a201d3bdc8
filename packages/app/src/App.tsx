import { createApp } from '@backstage/frontend-defaults';
import { catalogModule } from './modules/catalogModule';
import { homeModule } from './modules/homeModule';
import { landingModule } from './modules/landingModule';
import { navModule } from './modules/nav/navModule';
import { notificationsModule } from './modules/notifications/notificationsModule';
import { signInModule } from './modules/signIn/signInModule';
import { themesModule } from './modules/themes/themesModule';

/** Plugins are found in package.json (`app.packages: all`). This adds the app's own modules. */
export default createApp({
  features: [
    catalogModule,
    homeModule,
    landingModule,
    navModule,
    notificationsModule,
    signInModule,
    themesModule,
  ],
});
