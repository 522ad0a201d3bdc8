import { renderInTestApp } from '@backstage/frontend-test-utils';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NotificationSettings } from './NotificationSettings';

const topic = (id: string, enabled = true) => ({ id, enabled });

function settings(failedEnabled: boolean) {
  const topics = [
    topic('job-ended'),
    topic('job-failed', failedEnabled),
    topic('job-waits-long'),
    topic('pull-request-waits'),
  ];
  const origins = [{ id: 'plugin:ray', enabled: true, topics }];
  return { channels: [{ id: 'Web', origins }] };
}

describe('NotificationSettings', () => {
  it('lets a user switch each kind off', async () => {
    const saved: object[] = [];
    const api = {
      getNotificationSettings: async () => settings(true),
      updateNotificationSettings: async (next: object) => {
        saved.push(next);
        return settings(false);
      },
    };
    renderInTestApp(<NotificationSettings />, {
      apis: [[notificationsApiRef, api]],
    });
    expect(await screen.findByText('Training jobs')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'expand row' }));
    for (const name of [
      'A job ended',
      'A job failed',
      'A job waits longer than usual',
      'A job needs its pull request merged',
    ]) {
      expect(screen.getByText(name)).toBeInTheDocument();
    }
    const [, , failed] = screen.getAllByRole('switch');
    await userEvent.click(failed);
    expect(saved).toEqual([settings(false)]);
  });
});
