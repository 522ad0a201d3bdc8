import { createBackendModule } from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import { rayJobNoticesExtensionPoint } from '@ml-platform/backstage-plugin-ray-node';
import { toNotification } from './toNotification';

/** Sends the notices of jobs through Backstage's notifications. */
export const rayModuleNotifications = createBackendModule({
  pluginId: 'ray',
  moduleId: 'notifications',
  register(env) {
    env.registerInit({
      deps: {
        notices: rayJobNoticesExtensionPoint,
        notifications: notificationService,
      },
      async init({ notices, notifications }) {
        notices.setNoticeSender({
          send: notice => notifications.send(toNotification(notice)),
        });
      },
    });
  },
});
