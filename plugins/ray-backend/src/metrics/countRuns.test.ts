import {
  PrometheusExporter,
  PrometheusSerializer,
} from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { JobSummary } from '@ml-platform/rayjob';
import { JobIndex } from '../jobs/JobIndex';
import { countRuns } from './countRuns';

const NOW = new Date('2026-11-29T12:05:00Z');

function setUp() {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const index = new JobIndex();
  countRuns({ metrics: provider.getMeter('ray'), index, clock: () => NOW });
  const show = (state: JobSummary['state'], rest: Partial<JobSummary> = {}) =>
    index.setLive({
      cluster: 'c',
      namespace: 'n',
      name: 'j',
      uid: 'u',
      state,
      createdAt: '2026-11-29T12:03:00Z',
      attempt: 1,
      resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
      workers: { desired: 0, ready: 0 },
      ...rest,
    });
  const counted = async () => {
    const { resourceMetrics } = await exporter.collect();
    const text = new PrometheusSerializer().serialize(resourceMetrics);
    return text
      .split('\n')
      .filter(line =>
        /^ray_job(s_ended_total|_start_time_(count|sum))/.test(line),
      )
      .map(line => line.replace(/,otel_scope[^}]*/, ''));
  };
  return { show, counted };
}

describe('countRuns', () => {
  it('counts an end once, with its cause', async () => {
    const { show, counted } = setUp();
    show('running');
    show('failed', { reason: 'OOMKilled' });
    show('failed', { reason: 'OOMKilled', message: 'more is known' });
    expect(await counted()).toEqual([
      'ray_jobs_ended_total{cluster="c",state="failed",reason="OOMKilled"} 1',
    ]);
  });

  it('counts nothing that had ended before the backend started', async () => {
    const { show, counted } = setUp();
    show('succeeded');
    expect(await counted()).toEqual([]);
  });

  it('measures from the creation of a job to its first run, across all that it waits for', async () => {
    const { show, counted } = setUp();
    show('queued');
    show('pending');
    show('running');
    show('pending');
    show('running', { attempt: 2 });
    expect(await counted()).toEqual([
      'ray_job_start_time_count{cluster="c"} 1',
      'ray_job_start_time_sum{cluster="c"} 120',
    ]);
  });
});
