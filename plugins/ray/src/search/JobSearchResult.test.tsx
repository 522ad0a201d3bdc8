import type { RayJobDocument } from '@ml-platform/backstage-plugin-ray-common';
import { screen } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { renderRay } from '../__testUtils__/renderRay';
import { JobSearchResult, type JobSearchResultProps } from './JobSearchResult';

const job: RayJobDocument = {
  title: 'stars-20251201-120000',
  text: 'Job entrypoint command failed with exit code 1',
  location: '/elsewhere',
  cluster: 'workload-cluster',
  namespace: 'training',
  workload: 'stellar_optimization',
  version: '1.0.0',
  owner: 'user:default/ada',
  ownerName: 'ada',
  state: 'failed',
  createdAt: '2025-12-01T12:00:00Z',
  startedAt: '',
  endedAt: '',
};

describe('a job among the results of a search', () => {
  function show(props: JobSearchResultProps) {
    const element = <JobSearchResult {...props} />;
    return renderRay({ api: new FakeRayApi(), element });
  }

  it('shows what it is, and leads to its page', async () => {
    show({ result: job });
    expect(
      await screen.findByRole('link', { name: 'stars-20251201-120000' }),
    ).toHaveAttribute(
      'href',
      '/ray/jobs/workload-cluster/training/stars-20251201-120000',
    );
    expect(screen.getByText('Failed')).toBeVisible();
    expect(
      screen.getByText(
        /stellar_optimization 1\.0\.0 · ada · workload-cluster\/training/,
      ),
    ).toBeVisible();
    expect(screen.getByText(job.text)).toBeVisible();
    expect(screen.getByText(/ago$/)).toHaveAttribute('datetime', job.createdAt);
  });

  it('marks what was searched for', async () => {
    show({
      result: job,
      highlight: {
        preTag: '<5c0f>',
        postTag: '</5c0f>',
        fields: {
          title: '<5c0f>stars</5c0f>-20251201-120000',
          text: 'Job <5c0f>entrypoint</5c0f> command failed with exit code 1',
        },
      },
    });
    const link = await screen.findByRole('link', {
      name: 'stars-20251201-120000',
    });
    expect(link.querySelector('mark')).toHaveTextContent('stars');
    expect(screen.getByText('entrypoint').tagName).toBe('MARK');
  });

  it('shows text as text, whatever it contains', async () => {
    const text = '<img src=x onerror=alert(1)> \u202ereversed';
    show({ result: { ...job, text } });
    expect(
      await screen.findByText('<img src=x onerror=alert(1)> <U+202E>reversed'),
    ).toBeVisible();
  });

  it('shows a job of which the index has little', async () => {
    const { title, location } = job;
    show({ result: { title, location, text: '' } });
    expect(await screen.findByRole('link', { name: title })).toHaveAttribute(
      'href',
      location,
    );
    expect(screen.getByText('Unknown')).toBeVisible();
  });
});
