import { Content } from '@backstage/core-components';
import { UserNotificationSettingsCard } from '@backstage/plugin-notifications';

/** Who sends notifications, in words; others show under their ids. */
const ORIGINS = { 'plugin:ray': 'Training jobs' };

const TOPICS = {
  'job-ended': 'A job ended',
  'job-failed': 'A job failed',
  'job-waits-long': 'A job waits longer than usual',
  'pull-request-waits': 'A job needs its pull request merged',
};

/** Switches for what a user is told, and by which way. */
export const NotificationSettings = () => (
  <Content>
    <UserNotificationSettingsCard originNames={ORIGINS} topicNames={TOPICS} />
  </Content>
);
