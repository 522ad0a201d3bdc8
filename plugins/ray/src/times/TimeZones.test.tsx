import { mockApis } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';
import { StoredTimeZones } from './TimeZones';

describe('StoredTimeZones', () => {
  it('stores the choice and notifies listeners', async () => {
    const storageApi = mockApis.storage();
    const zones = new StoredTimeZones({ storageApi, local: 'Europe/Berlin' });
    expect([zones.choice, zones.zone]).toEqual(['local', 'Europe/Berlin']);
    const listener = jest.fn();
    zones.subscribe(listener);
    zones.choose('utc');
    expect(zones.zone).toBe('UTC');
    expect(listener).toHaveBeenCalledTimes(1);
    const again = new StoredTimeZones({ storageApi, local: 'Asia/Tokyo' });
    expect(again.zone).toBe('UTC');
  });

  it('follows a choice from another tab, and ignores invalid ones', async () => {
    const storageApi = mockApis.storage();
    const zones = new StoredTimeZones({ storageApi, local: 'Europe/Berlin' });
    await storageApi.forBucket('ray').set('timeZone', 'utc');
    await waitFor(() => expect(zones.choice).toBe('utc'));
    await storageApi.forBucket('ray').set('timeZone', { no: 'choice' });
    await waitFor(() => expect(zones.choice).toBe('local'));
  });
});

describe('the time zone of a job page', () => {
  const job = aJob({ name: 'run-a' });

  async function choose(title: RegExp | string) {
    await userEvent.click(screen.getByRole('button', { name: /Time zone/ }));
    await userEvent.click(screen.getByRole('option', { name: title }));
  }

  it('is shown, and applies to stages, pods, events and the log', async () => {
    const api = new FakeRayApi();
    api.detail = aDetail(job, {
      pods: [
        {
          name: 'run-a-head',
          role: 'head',
          phase: 'Running',
          createdAt: job.createdAt,
          containers: [
            {
              name: 'ray-head',
              image: 'x',
              ready: true,
              restartCount: 0,
              state: 'running',
            },
          ],
        },
      ],
    });
    api.events = [
      {
        type: 'Normal',
        reason: 'Scheduled',
        message: 'x',
        count: 1,
        firstSeen: job.createdAt,
        lastSeen: job.createdAt,
        object: { kind: 'Pod', name: 'p' },
      },
    ];
    renderRay({ api, path: '/jobs/workload-cluster/training/run-a' });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([job]) });
    const running = () =>
      within(screen.getByRole('list', { name: 'Stages of this run' }))
        .getAllByRole('listitem')
        .find(item => item.getAttribute('aria-current'));
    await waitFor(() => expect(running()).toHaveTextContent(/13:00/));
    expect(screen.getByRole('button', { name: /Time zone/ })).toHaveTextContent(
      /Europe\/Berlin \(UTC\+0[12]:00\)/,
    );
    const pods = screen.getByRole('table', { name: 'Pods and containers' });
    expect(
      within(pods).getByTitle('2025-12-01 13:00:00 UTC+01:00'),
    ).toBeInTheDocument();

    await choose('UTC');
    expect(running()).toHaveTextContent(/12:00/);
    expect(
      within(pods).getByTitle('2025-12-01 12:00:00 UTC'),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('tab', { name: 'Events' }));
    const events = await screen.findByRole('table', { name: 'Events' });
    expect(
      within(events).getByTitle('2025-12-01 12:00:00 UTC'),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('tab', { name: 'Logs' }));
    await userEvent.click(
      await screen.findByRole('button', { name: /^Times of the lines/ }),
    );
    await userEvent.click(
      screen.getByRole('menuitemradio', { name: 'Time in UTC' }),
    );
    await api.logs.write({
      text: 'a',
      time: '2025-12-01T12:00:30.204123456Z',
    });
    expect(screen.getByText('12:00:30.204')).toBeInTheDocument();
    await choose(/Berlin/);
    expect(screen.getByText('13:00:30.204')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /Time in Europe\/Berlin \(UTC/ }),
    ).toBeInTheDocument();
  });
});
