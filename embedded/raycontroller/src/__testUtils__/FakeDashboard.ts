import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JobStatus } from '../crd/rayJob';

const MESSAGES: Readonly<Record<JobStatus, string>> = {
  '': '',
  PENDING: 'Job has not started yet.',
  RUNNING: 'Job is currently running.',
  STOPPED: 'Job was intentionally stopped.',
  SUCCEEDED: 'Job finished successfully.',
  FAILED: 'Job entrypoint command failed with exit code 3.',
};

interface DashboardJob {
  /** What is answered, one after the other; the last one for good. */
  statuses: JobStatus[];
  lastAnswered?: JobStatus;
}

/** Ray's Job API for tests: every job goes through the statuses it is given. */
export class FakeDashboard {
  readonly #jobs = new Map<string, DashboardJob>();
  readonly #server: http.Server;
  /** Bodies of the jobs that were submitted over HTTP. */
  readonly submitted: { submission_id?: string; entrypoint?: string }[] = [];
  /** Ids of the jobs that were asked to stop. */
  readonly stopped: string[] = [];
  /** Statuses of a job that is submitted over HTTP. */
  script: readonly JobStatus[] = ['RUNNING'];
  /** Whether requests are answered at all. */
  healthy = true;

  private constructor(readonly host: string) {
    this.#server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const [code, answer] = this.#answer(
          request.method ?? 'GET',
          request.url ?? '/',
          body,
        );
        response.writeHead(code, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      });
    });
  }

  static async start(
    options: { readonly host?: string; readonly port?: number } = {},
  ): Promise<FakeDashboard> {
    const { host = '127.0.0.1', port = 0 } = options;
    const dashboard = new FakeDashboard(host);
    dashboard.#server.listen(port, host);
    await once(dashboard.#server, 'listening');
    return dashboard;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  submit(id: string, statuses: readonly JobStatus[]): void {
    if (!this.#jobs.has(id)) {
      this.#jobs.set(id, { statuses: [...statuses] });
    }
  }

  /** What happens to the job next, as when somebody stops it. */
  goOn(id: string, status: JobStatus): void {
    const job = this.#jobs.get(id);
    if (job) {
      job.statuses = [status];
    }
  }

  /** The status that was answered last. */
  lastAnswered(id: string): JobStatus | undefined {
    return this.#jobs.get(id)?.lastAnswered;
  }

  /** Forgets all jobs, as a head that was started anew. */
  forget(): void {
    this.#jobs.clear();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(method: string, url: string, body: string): [number, unknown] {
    if (!this.healthy) {
      return [503, { error: 'the head is not there' }];
    }
    const [, id, action] = /^\/api\/jobs\/([^/?]*)\/?(\w*)/.exec(url) ?? [];
    if (method === 'POST' && !id) {
      const request = JSON.parse(body);
      this.submitted.push(request);
      this.submit(request.submission_id, this.script);
      return [200, { job_id: request.submission_id }];
    }
    const job = this.#jobs.get(id ?? '');
    if (!job) {
      return [404, `Job ${id} does not exist`];
    }
    if (action === 'stop') {
      this.stopped.push(id);
      return [200, { stopped: true }];
    }
    const [status] = job.statuses;
    if (job.statuses.length > 1) {
      job.statuses.shift();
    }
    job.lastAnswered = status;
    const ended = ['STOPPED', 'SUCCEEDED', 'FAILED'].includes(status);
    return [
      200,
      {
        status,
        submission_id: id,
        message: MESSAGES[status],
        start_time: Date.now() - 1000,
        end_time: ended ? Date.now() : null,
      },
    ];
  }
}
