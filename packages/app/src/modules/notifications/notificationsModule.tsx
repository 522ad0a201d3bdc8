import {
  createFrontendModule,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';

/** Backstage has switches for notifications, but no page that shows them. */
const settingsPage = SubPageBlueprint.make({
  name: 'notifications',
  params: {
    path: 'notifications',
    title: 'Notifications',
    loader: async () => {
      const { NotificationSettings } = await import('./NotificationSettings');
      return <NotificationSettings />;
    },
  },
});

export const notificationsModule = createFrontendModule({
  pluginId: 'user-settings',
  extensions: [settingsPage],
});
